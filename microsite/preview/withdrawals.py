"""Withdrawing from the desk, in a process of its own.

It takes minutes when there are many sites, and pages of the preview do not wait for it. Nor can it be done
in this process: a build forks, which a process with the threads of a server must not do.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, wait
from functools import partial
from pathlib import Path
from typing import Any

from microsite import retired
from microsite.content.consent import normalized
from microsite.content.files import os_reason
from microsite.core import i18n
from microsite.core.problems import Problem, ProblemError, Translate
from microsite.core.records import Record, Struct
from microsite.core.settings import Options, Project
from microsite.core.workers import new_process
from microsite.preview.wanted import Wanted
from microsite.publishing.result import Result
from microsite.session import Session
from microsite.withdraw.carry_out import Outcome, carry_out
from microsite.withdraw.channels import Narrowed, Narrowing, foresee_change, narrow
from microsite.withdraw.impact import Impact
from microsite.withdraw.remains import Remaining, campaign_of, receipt, receipt_file, remaining

WriteIndex = Callable[[Project, Sequence[Path], Options, Translate, Sequence[Result]], None]
"""Brings the report of all sites up to date. It is a function of a module: another process calls it."""

PATIENCE = 0.5
"""Seconds in which a list may be ready at once; after that a page says that it is being made."""


class Order(Record):
    """What the other process needs. ``language`` is that of the ZIPs' guide and of the receipt."""

    project: Project
    options: Options
    wanted: Wanted
    language: str


class Found(Record):
    """What will change; without that, the ``problems`` that stand in the way of knowing it.

    ``title`` is that of the campaign.
    """

    change: Impact | Narrowing | None
    problems: tuple[Problem, ...] = ()
    title: str = ""


class Done(Record):
    """What was done. ``file`` has the receipt, or ``reason`` says why it could not be written."""

    outcome: Outcome | Narrowed
    remains: tuple[Remaining, ...] = ()
    receipt: str = ""
    file: str = ""
    reason: str = ""

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do in what the program makes."""
        return self.outcome.done and all(result.done for result in self.outcome.results)


class Job(Struct, eq=False):
    """One withdrawal: first what it will change, as of ``version`` of the files, and then doing it."""

    order: Order
    version: str
    found: Future[Found]
    done: Future[Done] | None = None
    began: float = 0.0

    @property
    def minutes(self) -> int:
        """How long it is being carried out."""
        return int((time.monotonic() - self.began) // 60)


class Withdrawals:
    """The withdrawals of one preview, one at a time. To be closed, which waits for the one that is begun."""

    def __init__(self, write_index: WriteIndex | None = None) -> None:
        self._write_index = write_index
        self._jobs: dict[Wanted, Job] = {}
        self._pool: Executor | None = None

    @property
    def busy(self) -> bool:
        """Whether one is being carried out."""
        return any(job.done is not None and not job.done.done() for job in self._jobs.values())

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def look(self, order: Order, version: str, *, again: bool = False) -> Job:
        """The job for what is wanted, with a list for this version of the files, unless it is begun."""
        job = self._jobs.get(order.wanted)
        ended = job is not None and job.done is not None and job.done.done()
        if job is None or (again and ended) or (job.done is None and job.version != version):
            job = self._jobs[order.wanted] = Job(order, version, self._submit(_look, order))
        wait([job.found], PATIENCE)
        return job

    def known(self, wanted: Wanted) -> Job | None:
        return self._jobs.get(wanted)

    def begin(self, job: Job, found: Found) -> None:
        """Carry it out, once."""
        if job.done is None:
            job.began = time.monotonic()
            job.done = self._submit(_carry_out, job.order, found.change, found.title, self._write_index)

    def _submit(self, work: Callable[..., Any], *given: object) -> Future[Any]:
        """Do this in the other process, or in a new one when that was killed."""
        for _ in range(2):
            if self._pool is None:
                self._pool = new_process(_ignore_interrupt)
            try:
                return self._pool.submit(work, *given)
            except RuntimeError:  # it is broken
                self._pool = None
        failed: Future[Any] = Future()
        failed.set_exception(RuntimeError("no process could be started"))
        return failed


# ── in the other process ──


def _ignore_interrupt() -> None:
    """Ctrl-C in the terminal stops the preview, not what was begun: that would be half a withdrawal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _nothing(*_: object) -> None:
    """Progress that nobody sees."""


def _look(order: Order) -> Found:
    brands, wanted = retired.every_brand(order.project), order.wanted
    with Session(order.project, order.options, _nothing, len(brands)) as session:
        try:
            change = foresee_change(session, wanted.ref, wanted.channels, brands)
            site = session.pipeline().national.site
            return Found(change, title=site.title if site is not None else "")
        except ProblemError as error:
            return Found(None, error.problems)


def _carry_out(order: Order, change: Impact | Narrowing, title: str, write_index: WriteIndex | None) -> Done:
    project, options = order.project, order.options
    translate, brands = i18n.translator(order.language), retired.every_brand(project)
    report = partial(write_index, project, brands, options, translate) if write_index else _nothing
    if isinstance(change, Narrowing):
        return Done(narrow(project, brands, options, change, translate, report=report))
    outcome = carry_out(project, brands, options, change, translate, report=report)
    url, contact = campaign_of(project)
    page = receipt(outcome, title, contact, options.day, translate)
    file, reason = receipt_file(project, change.target.ref), ""
    try:
        file.write_text(page, "utf-8")
    except OSError as error:
        reason = os_reason(error)
    remains = tuple(remaining(change, url))
    return Done(outcome, remains, page, project.display_path(file), reason)


def is_typed(typed: str, change: Impact | Narrowing) -> bool:
    """Whether somebody typed the reference of what will be taken away."""
    return normalized(typed) == normalized(reference_of(change))


def reference_of(change: Impact | Narrowing) -> str:
    return change.ref if isinstance(change, Narrowing) else change.target.ref
