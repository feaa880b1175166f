"""``serve``: the preview in a browser, on the loopback interface only.

The thread that calls ``serve`` does all the building. The threads of the web
server and of the file watcher put requests in a queue. Problems are printed in
the terminal and shown over the open page.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import os
import secrets
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from microsite.commands import reports
from microsite.core.problems import Translate, text
from microsite.core.settings import Options, Project
from microsite.preview.addresses import DESK
from microsite.preview.editor import VARIABLE, editor_of
from microsite.preview.excerpts import Files
from microsite.preview.live import Live, RequestQueue, Waiting
from microsite.preview.pages import Pages
from microsite.preview.preview import Preview
from microsite.preview.server import Handler, listen, running
from microsite.preview.terminal import Terminal, print_lines
from microsite.preview.watch import Debounce, Watch
from microsite.rendering.templates import CodeCache
from microsite.session import Session

STOPPED, FAILED = 0, 1


def serve(
    project: Project,
    folder: Path,
    options: Options,
    port: int,
    translate: Translate,
    today: Callable[[], dt.date] | None,
) -> int:
    """Serve the site of the brand in ``folder`` until Ctrl-C; returns the exit status.

    ``today`` is the calendar that the preview follows; without it the day stays that of ``options``.
    """
    try:
        with _interruptible(), Session(project, options, lambda *_: None) as session:
            return _serve(session, folder, port, translate, today)
    except KeyboardInterrupt:
        print_lines(text("the preview has stopped").render(translate))
        return STOPPED


def _serve(
    session: Session, folder: Path, port: int, translate: Translate, today: Callable[[], dt.date] | None
) -> int:
    terminal = Terminal(translate)
    editor, told = editor_of(os.environ.get(VARIABLE, ""))
    print_lines(*(sentence.render(translate) for sentence in told))
    code_cache = CodeCache(session.project.template_cache, session.engine())
    pages = Pages(translate, Files(session.project, folder, editor), secrets.token_urlsafe(), code_cache)
    print_lines(text("reading the campaign").render(translate))
    with Preview(session, folder, pages, reports.refresh_index) as preview:
        preview.refresh()
        gc.enable()  # from now on it is a long-running process
        terminal.report(preview.state)
        session.workers().start()  # before there are threads, and before the port is taken
        requests, live = RequestQueue(), Live(preview.state, pages)
        server = listen(port, partial(Handler, requests, live, pages.token), translate)
        if server is None:
            return FAILED
        with running(server, requests, live), Watch(requests.changed) as watch:
            address = f"http://localhost:{server.server_address[1]}/"
            desk = text("all texts, drafts too, are listed at {address}", address=f"{address}{DESK[1:]}")
            print_lines(
                desk.render(translate),
                text("the site is at {address} (Ctrl-C stops)", address=address).render(translate),
            )
            try:
                _work(preview, requests, watch, live, terminal, today)
            finally:
                if preview.withdraws:
                    print_lines(text("a withdrawal is finished first: wait for it").render(translate))
    return STOPPED


def _work(
    preview: Preview,
    requests: RequestQueue,
    watch: Watch,
    live: Live,
    terminal: Terminal,
    today: Callable[[], dt.date] | None,
) -> None:
    """Respond to requests and refresh after changes, until interrupted."""
    debounce = Debounce()
    refreshed = time.monotonic()
    debounce.event(refreshed)  # to follow the folders, and see what has changed before, after the first page
    while True:
        before = preview.state
        now = time.monotonic()
        look, due = debounce.look(), debounce.due() or refreshed + watch.poll_interval
        if look is not None and now >= look:
            debounce.looked(now, preview.renew(debounce.files))
        elif now >= due:
            if today is not None:
                preview.begin_day(today())
            preview.refresh()
            watch.follow(preview.folders)
            debounce.reset()
            refreshed = time.monotonic()
        else:
            request = requests.next((due if look is None else min(due, look)) - now)
            if isinstance(request, Waiting):
                response = preview.respond(request.request)
                request.response.put(response)
                terminal.report_page(response.problems)
            elif request is not None:
                debounce.event(time.monotonic(), *request.files)
        if preview.state != before:
            live.publish(preview.state)
            if preview.state.name != before.name:
                terminal.report(preview.state)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Treat SIGTERM and SIGHUP as Ctrl-C, so that the context managers exit."""
    found = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    before = {s: signal.getsignal(s) for s in found if s and signal.getsignal(s) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
