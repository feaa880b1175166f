"""A person whose words stand nowhere else, and the places where they are found."""

from __future__ import annotations

from helpers import sites
from helpers.sites import Campaign

NAME, QUOTE, BODY = "Zefanja", "Mijn stille zin", "kelderluik"


def personal(text: str, name: str = NAME) -> str:
    """The story with a name, a quote and a body that stand nowhere else."""
    text = text.replace("Anouk", name).replace("Ik dacht dat ik de enige was.", f"{QUOTE}.")
    return text.replace("Op de vierde gaat een deur open.", "Het kelderluik ging open.")


def traces(site: Campaign, report: sites.Report, *more: str) -> list[tuple[str, str]]:
    """Where a word of the person stands: in a site, a cache, a manifest, the report or what was said."""
    places = {
        **site.everything(),
        "the report": str(report.data).encode(),
        "what was said": report.said.encode(),
    }
    words = (NAME, QUOTE, BODY, *more)
    return [
        (path, word)
        for path, data in places.items()
        for word in words
        for spelled in (word.encode(), word.encode("utf-16-le"), word.lower().encode())
        if spelled in data
    ]
