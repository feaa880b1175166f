"""The pages of the desk on which somebody's story is taken away: what changes, wait, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from microsite.content.consent import Channel, normalized
from microsite.content.documents import Document
from microsite.core.problems import Text, errors, text
from microsite.core.settings import NATIONAL, Options, Project
from microsite.preview.addresses import RECEIPT, WITHDRAW
from microsite.preview.pages import HTML, TYPES, Pages
from microsite.preview.state import Response
from microsite.preview.wanted import Wanted, wanted_in
from microsite.preview.withdrawals import (
    Done,
    Found,
    Job,
    Order,
    Withdrawals,
    is_typed,
    reference_of,
)
from microsite.withdraw.carry_out import Outcome
from microsite.withdraw.channels import Narrowing
from microsite.withdraw.impact import Impact, alike
from microsite.withdraw.remains import receipt_file

CHANNEL_LABELS: Mapping[Channel, Text] = {
    "web": text("the site"),
    "social": text("social media"),
    "print": text("print"),
    "press": text("the press"),
}

_LANGUAGE = text("en")


class WithdrawPage:
    """Answers the requests for these pages. ``options`` are those of a build of today."""

    def __init__(self, pages: Pages, withdrawals: Withdrawals, project: Project) -> None:
        self._pages = pages
        self.withdrawals = withdrawals
        self._project = project

    def get(
        self, query: Mapping[str, str], options: Options, version: str, documents: Iterable[Document]
    ) -> Response:
        """``version`` is that of the files. A list that was made before they changed is made again."""
        wanted = wanted_in(query)
        if not wanted.ref:
            return self._page("withdraw-ask.html", version, wanted=None, problems=(), whole="")
        order = Order(self._project, options, wanted, self._pages.translate(_LANGUAGE.sentence))
        job = self.withdrawals.look(order, version, again="again" in query)
        if "again" in query:
            return Response(HTTPStatus.SEE_OTHER, HTML, b"", wanted.address())
        if job.done is not None:
            return self._done(job, version)
        return self._list(job, version, documents, changed="changed" in query)

    def post(self, form: Mapping[str, str], version: str, documents: Iterable[Document]) -> Response:
        """Begin, when the list is the one that was seen, and its reference was typed."""
        wanted = wanted_in(form)
        job = self.withdrawals.known(wanted)
        if job is None or job.done is not None or not job.found.done() or job.found.exception():
            return Response(HTTPStatus.SEE_OTHER, HTML, b"", wanted.address())
        found = job.found.result()
        if job.version != form.get("seen"):
            return Response(HTTPStatus.SEE_OTHER, HTML, b"", wanted.address(changed="1"))
        if found.change is None or not is_typed(form.get("typed", ""), found.change):
            return self._list(job, version, documents, typed=form.get("typed", ""))
        self.withdrawals.begin(job, found)
        return Response(HTTPStatus.SEE_OTHER, HTML, b"", wanted.address())

    def receipt(self, query: Mapping[str, str]) -> Response:
        """The receipt as a file to save."""
        job = self.withdrawals.known(wanted_in(query))
        done = job.done if job is not None else None
        if done is None or not done.done() or done.exception() or not done.result().receipt:
            return Response(HTTPStatus.NOT_FOUND, TYPES["txt"], b"")
        return Response(HTTPStatus.OK, TYPES["txt"], done.result().receipt.encode())

    # ── the pages ──

    def _page(
        self, template: str, version: str, status: HTTPStatus = HTTPStatus.OK, **context: object
    ) -> Response:
        page = self._pages.own(template, version, withdraw=WITHDRAW, labels=CHANNEL_LABELS, **context)
        return Response(status, HTML, page, own=True)

    def _list(
        self,
        job: Job,
        version: str,
        documents: Iterable[Document],
        *,
        changed: bool = False,
        typed: str | None = None,
    ) -> Response:
        wanted = job.order.wanted
        if not job.found.done():
            return self._page("withdraw-wait.html", version, wanted=wanted, begun=False)
        if (error := job.found.exception()) is not None:
            return self._failed(job, version, error)
        found: Found = job.found.result()
        if found.change is None:
            problems = tuple(self._pages.files.shown(found.problems))
            whole = Wanted(wanted.ref).address()
            return self._page("withdraw-ask.html", version, wanted=wanted, problems=problems, whole=whole)
        ref = reference_of(found.change)
        scope = _scope(documents, ref)
        about: dict[str, object] = {"impact": None, "narrowing": None}
        about |= (
            _narrowing(found.change)
            if isinstance(found.change, Narrowing)
            else _impact(self._project, found.change)
        )
        return self._page(
            "withdraw.html",
            version,
            HTTPStatus.OK if typed is None else HTTPStatus.UNPROCESSABLE_ENTITY,
            wanted=wanted,
            ref=ref,
            seen=job.version,
            scope=[channel for channel in CHANNEL_LABELS if channel in scope],
            whole=Wanted(wanted.ref).address(),
            changed=changed,
            typed=typed,
            **about,
        )

    def _failed(self, job: Job, version: str, error: BaseException) -> Response:
        reason = f"{type(error).__name__}: {error}"
        begun = job.done is not None
        again = job.order.wanted.address(again="1")
        return self._page(
            "withdraw-failed.html", version, wanted=job.order.wanted, reason=reason, begun=begun, again=again
        )

    def _done(self, job: Job, version: str) -> Response:
        wanted, ended = job.order.wanted, job.done
        if ended is None or not ended.done():
            return self._page("withdraw-wait.html", version, wanted=wanted, begun=True, minutes=job.minutes)
        if (error := ended.exception()) is not None:
            return self._failed(job, version, error)
        done: Done = ended.result()
        outcome = done.outcome
        wrong = [*outcome.problems]
        wrong += (p for result in outcome.results if not result.done for p in errors(result.problems))
        whole = outcome if isinstance(outcome, Outcome) else None
        mentions = whole.impact.mentions if whole is not None else ()
        return self._page(
            "withdraw-done.html",
            version,
            wanted=wanted,
            done=done,
            whole=whole,
            sites=len(outcome.results),
            failed=[result.brand for result in outcome.results if not result.done],
            problems=tuple(self._pages.files.shown(wrong)),
            traces=[trace.describe(self._project) for trace in whole.traces] if whole is not None else [],
            mentions=tuple(self._pages.files.shown(mentions)),
            again=wanted.address(again="1"),
            save=f"{RECEIPT}?{urlencode({'ref': wanted.ref})}",
            file=receipt_file(self._project, wanted.ref).name,
        )


def _scope(documents: Iterable[Document], ref: str) -> frozenset[Channel]:
    """The channels that a consent has in one of the texts."""
    key = normalized(ref)
    consents = (consent for document in documents for _, consent in document.consents)
    return frozenset(channel for c in consents if normalized(c.ref) == key for channel in c.scope)


def _impact(project: Project, impact: Impact) -> dict[str, object]:
    """What the page tells of a withdrawal."""
    target = impact.target
    removed = [f"{NATIONAL}{path}" for path in (*target.parts, *target.files)]
    return {
        "impact": impact,
        "texts": [f"{NATIONAL}{path}" for path in target.texts],
        "removed": [*removed, *map(project.display_path, impact.sent)],
        "sites": alike(impact.sites),
        "packs": sum(site.packed for site in impact.sites),
        "own": [name for site in impact.sites for name in site.own],
        "mentions": [problem.place for problem in impact.mentions],
        "names_elsewhere": sorted({name for name, _ in impact.needles.common}),
        "files": list(dict.fromkeys(file for _, file in impact.needles.common)),
    }


def _narrowing(narrowing: Narrowing) -> dict[str, object]:
    """What the page tells of a withdrawal from some channels."""
    return {
        "narrowing": narrowing,
        "texts": [f"{NATIONAL}{path}" for path in narrowing.texts],
        "gone": {id: paths for id, paths in narrowing.gone.items() if paths},
    }
