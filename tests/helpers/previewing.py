"""A preview in this process, without a server."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping

from helpers import sites
from microsite.core.problems import untranslated
from microsite.core.settings import Material, Options, Project
from microsite.preview.editor import Editor
from microsite.preview.excerpts import Files
from microsite.preview.pages import Pages
from microsite.preview.preview import Preview
from microsite.preview.state import Request, Response
from microsite.session import Session

TOKEN = "geheim"  # noqa: S105 -- that of a test
DAY = dt.date.fromisoformat(sites.DAY)


@contextlib.contextmanager
def previewing(
    campaign: sites.Campaign, *, strict: bool = False, materials: tuple[Material, ...] = ()
) -> Iterator[Preview]:
    project = Project(campaign.root, campaign.output)
    folder = campaign.root / "brands" / sites.BRAND
    options = Options(DAY, strict, materials=materials)
    with (
        Session(project, options, lambda *_: None) as session,
        Preview(session, folder, Pages(untranslated, Files(project, folder, Editor()), TOKEN)) as preview,
    ):
        preview.refresh()
        yield preview


def look(preview: Preview, address: str, **query: str) -> Response:
    return preview.respond(Request(address, query))


def post(preview: Preview, address: str, form: Mapping[str, str]) -> Response:
    return preview.respond(Request(address, posted=form))
