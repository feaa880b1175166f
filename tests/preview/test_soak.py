"""A thousand edits: the answers stay those of a clean build, and the memory stays what it was."""

from __future__ import annotations

import gc
import random
import re
from pathlib import Path

import pytest

from helpers import processes, sites
from helpers.preview import SCRIPT
from helpers.previewing import look, previewing
from helpers.sites import ANOUK, BAS, COR
from microsite.content.kinds import page_path

FIRST, EDITS, EVERY = 10, 1_000, 50
WORDS = ("een deur", "de hal", "koffie", "de vierde", "een brief", "het raam", "wie er woont", "elke dag")


def edit(campaign: sites.Campaign, dice: random.Random, number: int) -> str:
    """One of the things that editors do; the file of which only the words changed, or ""."""
    words = " ".join(dice.choices(WORDS, k=8))
    match dice.randrange(7):
        case 0:
            news = sites.page(f"Nieuws {number}", words, "date: 2026-06-02\n")
            campaign.write("content/nieuws/nieuw.md", news)
        case 1:
            (campaign.root / "content/nieuws/nieuw.md").unlink(missing_ok=True)
        case 2:
            draft = f"draft: {dice.choice(('true', 'false'))}\n"
            campaign.write("content/concept.md", sites.page(f"Concept {number}", words, draft))
        case 3:
            story = campaign.read(COR)
            campaign.write(COR, re.sub(r"title: .*", f"title: Cor {number}", story))
        case 4:
            campaign.write("content/contact.md", sites.page(body=f"{words} [Anouk](verhalen/anouk.md)."))
            return "content/contact.md"
        case 5:
            status = dice.choice(("valid", "pending"))
            campaign.write(BAS, re.sub(r"status: \w+", f"status: {status}", campaign.read(BAS)))
        case _:
            body = campaign.read(ANOUK).partition("\n---\n")[0]
            campaign.write(ANOUK, f"{body}\n---\n{words}\n\n## De hal\n\n{words} {number}\n")
            return ANOUK
    return ""


def memory() -> int:
    """The memory of this process that is in use, in kB."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    return int(re.findall(r"^Private_Dirty: +(\d+) kB", lines, re.M)[0])


@pytest.mark.long
def test_a_thousand_edits(campaign: sites.Campaign, tmp_path: Path) -> None:
    dice = random.Random(19)  # noqa: S311 -- the same edits each time
    begin = renewed = 0
    with previewing(campaign) as preview:
        for number in range(1, EDITS + 1):
            reworded = edit(campaign, dice, number)
            page = f"/{page_path(reworded.removeprefix('content/'))}"
            ahead = reworded and preview.renew([str(campaign.root / reworded)]) and look(preview, page)
            preview.refresh()
            assert preview.state.version
            if ahead:
                renewed += 1
                assert ahead.body == look(preview, page).body, number
            for address in ("/", "/verhalen/", "/contact.html", "/concept.html", "/_redactie/"):
                look(preview, address)
            if number in (FIRST, *range(EVERY, EDITS + 1, EVERY)):
                clean = sites.Campaign(campaign.root, tmp_path / f"schoon-{number}")
                built = processes.run("build", clean, "--date", sites.DAY, *sites.NO_MATERIAL)
                assert built.returncode == 0, built.stderr
                for path, published in clean.tree().items():
                    answered = SCRIPT.sub(b"", look(preview, f"/{path}").body)
                    assert answered == published, (number, path)
            if number == FIRST:  # all pages were looked at
                gc.collect()
                begin = memory()
        gc.collect()
        end = memory()
    assert end <= begin * 1.1, (begin, end)
    assert renewed > EDITS / 5
