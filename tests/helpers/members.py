"""A member with a folder of its own, and the national pages that it changes."""

from __future__ import annotations

from helpers import sites
from microsite.cli import main

GUIDE = "content/toolkit/deur.md"
OWN = f"brands/lid/{GUIDE}"
STORY = "content/verhalen/anouk.md"
NEWS = "date: 2026-05-01\n"


def add_member(campaign: sites.Campaign) -> None:
    """Add the brand ``lid``, and a national guide that it can change."""
    campaign.write("brands/lid/brand.yaml", "name: Lid\nlogo: logo.svg\ncolour: '#00506b'\n")
    campaign.write("brands/lid/logo.svg", sites.LOGO)
    body = "Op de vierde gaat een deur open.\n\n## De hal\n\nDaar hangen {{ feit:deuren }} op een rij."
    keys = "tags: [wonen]\ngoal: Een gesprek.\neffort: Een avond.\n"
    campaign.write(GUIDE, sites.page("Een deur gaat open", body, keys, "Hoe het ging met een deur."))


def run(campaign: sites.Campaign, *arguments: str) -> int:
    """The status of the command line with these arguments, on this campaign."""
    return main([*arguments, "--project", str(campaign.root)])
