"""The studio's bundle of a campaign, and a member's site that is made from it in this process."""

from __future__ import annotations

import base64
import codecs
import datetime as dt
import html
import json
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.sites import BRAND, DAY, NO_MATERIAL, Campaign
from microsite import cli
from microsite.core.settings import Options, Project
from microsite.session import Session
from microsite.studio import bundle
from microsite.studio.bundle import Bundle
from microsite.studio.release import first_change
from microsite.studio.workbench import Workbench

ROOT = Path(__file__).resolve().parents[2]
MADE_ON = "2026-11-30"
"""The day of the studio of our campaign, which ends after thirty days."""


def made(root: Path, output: Path, brand: str = BRAND, day: str = DAY) -> Bundle:
    """The bundle of the campaign in a folder, as it is after it was written and read. Raises PublishError."""
    options = Options(dt.date.fromisoformat(day), materials=())
    with Session(Project(root, output), options, lambda *_: None) as session:
        _, templates, assets = session.national_layers()
        files = session.files(root / "brands" / brand)
        made = bundle.make(session.pipeline(), files, templates, assets)
    return bundle.load(bundle.dump(made))


def of(campaign: Campaign, day: str = DAY) -> Bundle:
    """The bundle of a small campaign."""
    return made(campaign.root, campaign.output, day=day)


def ends(campaign: Campaign) -> str:
    """The day on which a bundle of ``DAY`` ends, as YYYY-MM-DD."""
    options = Options(dt.date.fromisoformat(DAY), materials=())
    with Session(Project(campaign.root, campaign.output), options, lambda *_: None) as session:
        return first_change(session.pipeline()).isoformat()


def site(given: Bundle, folder: Path, day: str = DAY) -> dict[str, bytes]:
    """The site of the brand in a folder, by path. The plan has no errors."""
    bench = Workbench(given, dt.date.fromisoformat(day))
    plan = bench.plan(folder)
    assert bench.paths, [problem.render() for problem in plan.problems]
    return bench.site()


def spellings(secret: str) -> Iterator[bytes]:
    """A secret as it may stand in a file: in twelve encodings."""
    yield from (secret.encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1"))
    for shift in range(3):  # in base64, by where it begins: the signs that depend on nothing else
        whole = base64.b64encode(b"\0" * shift + secret.encode())
        yield whole[-(-8 * shift // 6) : 8 * (shift + len(secret.encode())) // 6]
    yield secret.encode().hex().encode()
    yield urllib.parse.quote(secret, safe="").encode()
    yield html.escape(secret).encode("ascii", "xmlcharrefreplace")
    yield json.dumps(secret)[1:-1].encode()
    yield codecs.encode(secret, "rot13").encode()


def leaks(data: bytes, secrets: list[str]) -> list[str]:
    """Which of these secrets, of eight characters or more, are in the data in some encoding."""
    lower = data.lower()
    return [each for each in secrets if any(one.lower() in lower for one in spellings(each))]


def pack(folder: Path, to: Path, project: Path = ROOT) -> bytes:
    """The ZIP that the command line makes of a brand's folder."""
    words = ["pack", str(folder), "--project", str(project), "--output", str(to / "built"), "--date", MADE_ON]
    file = to / f"{folder.name}-packed.zip"
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("MICROSITE_LANGUAGE", "nl")  # as the studio speaks
        assert cli.main([*words, "--with-brand", "--to", str(file), *NO_MATERIAL]) == 0
    return file.read_bytes()
