"""The preview of one brand's site: each file is made when it is requested.

The plan is that of a build, so a saved change costs one text and one page.
Nothing is published. While there are errors the last good plan is served.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import traceback
from collections.abc import Collection, Mapping
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from microsite.build import moved, published
from microsite.content.documents import Document
from microsite.content.files import FileChanged
from microsite.core.problems import Place, Problem, PublishError, Text, errors, text
from microsite.core.records import replace
from microsite.pipeline import PlannedSite
from microsite.preview.addresses import DAY, DESK, HINTS, MATERIAL, PROBLEMS, RECEIPT, WITHDRAW
from microsite.preview.ahead import page_ahead
from microsite.preview.early import EarlySite
from microsite.preview.pages import HTML, TYPES, Pages, day_of
from microsite.preview.served import Served, SitePages, base_of, path_at
from microsite.preview.state import Request, Response, State
from microsite.publishing.manifest import Manifest
from microsite.publishing.renamed import as_published
from microsite.rendering import jinja
from microsite.rendering.artifact import Artifact
from microsite.rendering.hosting import policy
from microsite.session import ATTEMPTS, Session

if TYPE_CHECKING:
    from microsite.preview.desk_page import DeskPage
    from microsite.preview.withdraw_page import WithdrawPage
    from microsite.preview.withdrawals import WriteIndex


class Preview:
    """One brand's site, made file by file in the thread that creates this. Use as a context manager."""

    def __init__(
        self, session: Session, folder: Path, pages: Pages, write_index: WriteIndex | None = None
    ) -> None:
        self.session = session
        self.folder = folder
        self.pages = pages
        day = session.options.day
        self.state = State(day=day, today=day)
        self._served = Served()
        self._plan: PlannedSite | None = None
        self._early: EarlySite | None = None
        self._ahead: dict[str, Artifact] = {}  # by path: newer than the plan
        self._before: Manifest | None = None
        self._inputs = ""  # of the last refresh; "" when it failed
        self._write_index = write_index
        self._site = SitePages(pages, self._bytes)

    def __enter__(self) -> Preview:
        self.session.cache().keep_in_memory()
        return self

    def __exit__(self, *_: object) -> None:
        """Finish a withdrawal, and remove from the cache the documents that may not be shown."""
        if "_withdraw" in self.__dict__:
            self._withdraw.withdrawals.close()
        self.look_at(self.state.today)
        if self._plan is not None:
            with contextlib.suppress(FileChanged, OSError):
                self.session.pipeline().forget(self._plan)

    @cached_property
    def _desk(self) -> DeskPage:
        from microsite.preview.desk_page import DeskPage  # reads texts, which takes long to import

        return DeskPage(self.pages)

    @cached_property
    def _withdraw(self) -> WithdrawPage:
        from microsite.preview.withdraw_page import WithdrawPage  # seldom needed, and takes long to import
        from microsite.preview.withdrawals import Withdrawals

        return WithdrawPage(self.pages, Withdrawals(self._write_index), self.session.project)

    @property
    def withdraws(self) -> bool:
        """Whether somebody's story is being taken away, which is finished before this ends."""
        return "_withdraw" in self.__dict__ and self._withdraw.withdrawals.busy

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders to watch."""
        project = self.session.project
        design = (*project.design_folders("templates"), *project.design_folders("assets"))
        return (project.folder("content"), *design, self.folder)

    # ── refreshing ──

    def renew(self, changed: Collection[str]) -> bool:
        """Serve the page of an edited text at once, ahead of the ``refresh`` that has to follow.

        ``changed`` are absolute paths of files. False where that page has to wait for the plan.
        """
        item = None
        if self._inputs and self._early is not None and self._plan is not None:
            with contextlib.suppress(Exception):  # whatever is wrong, the plan will tell it
                item = page_ahead(self._early, self._plan, changed, self.session.to_report)
        if item is not None:
            self._ahead[item.path] = item
            self.state = replace(self.state, ahead={**self.state.ahead, item.path: self._version(item)})
        return item is not None

    def refresh(self) -> None:
        """Bring ``state`` up to date with the files."""
        for _ in range(ATTEMPTS):
            try:
                self._refresh()
            except FileChanged:
                self._rescan()
            except OSError as error:
                self._fail(text("cannot work: {reason}", reason=error.strerror or type(error).__name__))
                return
            except Exception as error:  # noqa: BLE001 - a bug that one text triggers must not end the preview
                traceback.print_exc()
                self._inputs = self.session.inputs(self.folder)
                self._fail(_fault(error))
                return
            else:
                return

    def _refresh(self) -> None:
        was_ahead, self._ahead = bool(self._ahead), {}
        if not self.session.refresh(self.folder, self._inputs):
            self.state = replace(self.state, ahead={}) if was_ahead else self.state
            return
        self._inputs = ""
        pipeline, files = self.session.pipeline(), self.session.files(self.folder)
        plan = pipeline.plan(files, guide=True)
        problems = self.session.to_report((*plan.problems, *self._renamed(plan)))
        inputs = self.session.inputs(self.folder)
        if errors(problems):
            self.state = replace(self.state, problems=problems, ahead={})
            if self._served.shown & _withdrawn(plan):
                self._served = Served()
                self.state = replace(self.state, version="")
        else:
            # Templates are read now: pages are requested until there is another good plan.
            jinja.preload(item.inputs for item in plan.artifacts)
            material = MATERIAL.removeprefix("/")
            made = {item.path: item for item in plan.artifacts}
            made |= {f"{material}{item.path}": item for item in plan.material}
            gone, shown = frozenset(plan.gone), frozenset(plan.admission.shown)
            self._served = Served(made, gone, base_of(made.get(policy.NOT_FOUND)), shown)
            same = self._unchanged(made) if problems == self.state.problems else {}
            self.state = replace(self.state, version=inputs, problems=problems, ahead=same)
        self._plan = plan
        self._early = EarlySite(pipeline, files)
        self._inputs = inputs

    def _unchanged(self, made: Mapping[str, Artifact]) -> Mapping[str, str]:
        """The versions of pages that were ahead of the plan and are the same in it: none is loaded twice."""
        ahead = self.state.ahead.items()
        return {path: known for path, known in ahead if path in made and self._version(made[path]) == known}

    def _version(self, item: Artifact) -> str:
        return item.key(self.session.pipeline().maker.fingerprints, self.session.engine())

    def _renamed(self, plan: PlannedSite) -> tuple[Problem, ...]:
        """What to report of pages with another address than when the preview began: published, or shown."""
        if self._before is None:
            self._before = published(self.session, self.folder)
        if self._before.files:
            return moved(self.session, self.folder, plan, self._before)
        pages = (*plan.library.pages, *plan.library.translations)
        self._before = as_published(pages, self.session.pipeline().maker.fingerprints)
        return ()

    def _rescan(self) -> None:
        self._inputs = ""
        self.session.rescan()

    def _fail(self, message: Text) -> None:
        place = Place(self.session.project.display_path(self.session.project.output))
        self.state = replace(self.state, problems=(Problem(place, message),), ahead={})

    def begin_day(self, today: dt.date) -> None:
        """Follow the calendar: a preview may be open after midnight."""
        if today > self.state.today:
            followed = self.state.day == self.state.today
            self.state = replace(self.state, today=today)
            self.look_at(today if followed else self.state.day)

    def look_at(self, day: dt.date) -> None:
        """Show the site as it will be on this day. A day that is past shows today: consents ended since."""
        day = max(day, self.state.today)
        if day != self.state.day:
            self.session.options = replace(self.session.options, day=day)
            self._rescan()
            self.state = replace(self.state, day=day)
            self.refresh()

    # ── responding ──

    def respond(self, request: Request) -> Response:
        """The response for a request."""
        for _ in range(ATTEMPTS):
            try:
                return self._respond(request)
            except FileChanged:
                self._rescan()
                self.refresh()
            except PublishError as error:
                return self._failed(*error.problems)
            except Exception as error:  # noqa: BLE001 - a bug that one page triggers must not end the preview
                traceback.print_exc()
                return self._failed(Problem(Place(request.address), _fault(error)))
        place = Place(request.address)
        return self._failed(
            Problem(place, text("keeps changing"), text("wait until it is saved, and look again"))
        )

    def _respond(self, request: Request) -> Response:
        if request.posted is not None:
            return self._act(request.address, request.posted)
        if request.address == PROBLEMS:
            page = self.pages.problems(self.state.problems, text("Problems"), self.state.name)
            return Response(HTTPStatus.OK, HTML, page, own=True)
        if request.address == DESK and self._early is not None and self._plan is not None:
            page = self._desk.render(self._early, self._plan, self.state, request.query)
            return Response(HTTPStatus.OK, HTML, page, own=True)
        if request.address == WITHDRAW:
            options = replace(self.session.options, day=self.state.today)
            return self._withdraw.get(request.query, options, self.state.name, self._documents)
        if request.address == RECEIPT:
            return self._withdraw.receipt(request.query)
        if request.address == HINTS:
            return Response(HTTPStatus.OK, HTML, self._hints(request.query.get("page", "")))
        if not self.state.version:
            title = text("The site cannot be shown yet")
            page = self.pages.problems(self.state.problems, title, self.state.name)
            return Response(HTTPStatus.SERVICE_UNAVAILABLE, HTML, page, own=True)
        served, state, address = self._served, self.state, request.address
        early = self._site.early(served, self._early, state, address) if self._early is not None else None
        return early or self._site.public(served, state, self._documents, address)

    def _act(self, address: str, form: Mapping[str, str]) -> Response:
        """What a form of the preview asks for. Its token has been checked."""
        if address == DAY:
            self.look_at(day_of(form.get("day", "")) or self.state.today)
            return Response(HTTPStatus.SEE_OTHER, HTML, b"", DESK)
        if address == WITHDRAW:
            return self._withdraw.post(form, self.state.name, self._documents)
        return Response(HTTPStatus.NOT_FOUND, TYPES["txt"], b"")

    @property
    def _documents(self) -> tuple[Document, ...]:
        return self._plan.admission.documents if self._plan is not None else ()

    def _hints(self, address: str) -> bytes:
        """The hints about the text of a page: asked for after it, so that no page waits for them."""
        item = self._served.file(address)
        path = item.path if item is not None else path_at(address)
        early = self._early
        if early is None or (item is not None and path in self._served.gone):
            return b""
        plan = self._plan if item is not None and self._plan is not None else early.plan
        documents = plan.admission.shown.values()
        document = next((document for document in documents if document.page == path), None)
        return self.pages.hints(self._desk.hints(early, document)) if document is not None else b""

    def _bytes(self, item: Artifact) -> bytes:
        item = self._ahead.get(item.path, item)
        ((_, content),) = self.session.pipeline().maker.make([item], here=True)
        return content if isinstance(content, bytes) else content.read_bytes()

    def _failed(self, *problems: Problem) -> Response:
        body = self.pages.problems(problems, text("This page cannot be made"), self.state.name)
        return Response(HTTPStatus.INTERNAL_SERVER_ERROR, HTML, body, problems=problems, own=True)


def _withdrawn(plan: PlannedSite) -> frozenset[str]:
    """The paths of the texts whose consent was withdrawn."""
    documents = plan.admission.documents
    return frozenset(d.path for d in documents if any(c.status == "withdrawn" for _, c in d.consents))


def _fault(error: Exception) -> Text:
    return text("the program itself fails: {reason}", reason=f"{type(error).__name__}: {error}")
