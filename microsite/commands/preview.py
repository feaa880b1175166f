"""What the preview shows: one brand's site, of which each file is made when somebody asks for it.

It is the plan of a build, so a save costs one text and one page. Nothing is
published, and the last good plan stays while there are problems.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Mapping, Sequence
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from microsite.content.files import Changed
from microsite.core.fingerprints import digest
from microsite.core.problems import Place, Problem, Text, Translate, errors, text
from microsite.core.records import Record
from microsite.pipeline import PlannedSite
from microsite.publishing.publisher import Refused
from microsite.rendering import jinja as drawing
from microsite.rendering.artifact import Artifact
from microsite.rendering.hosting import policy as hosting
from microsite.session import ATTEMPTS, Session

SCRIPT = "/__microsite/live.js"
STYLE = "/__microsite/live.css"
TYPES = dict(hosting.TYPES)
HTML = TYPES["html"]

_LANGUAGE = text("en")  # the language of these sentences: its translation is the code of the translation's


class State(Record):
    """What there is to see now. ``version`` is the name of the plan that is shown, "" while there is none."""

    version: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """Changes when anything does, the problems too."""
        lines = [self.version, *(problem.render() for problem in self.problems)]
        return digest("\n".join(lines).encode())


class Answer(Record):
    """What a browser gets. ``location`` is where to ask instead; ``problems`` are of this page alone."""

    status: HTTPStatus
    kind: str
    body: bytes
    location: str = ""
    problems: tuple[Problem, ...] = ()


class Preview:
    """One brand's site, made file by file, in the thread that made this. Use as a context manager."""

    def __init__(self, session: Session, folder: Path, say: Translate) -> None:
        self.session = session
        self.folder = folder
        self.say = say
        self.state = State()
        self._files: Mapping[str, Artifact] = {}
        self._base = "/"
        self._plan: PlannedSite | None = None
        self._inputs = ""  # of the last look; "" when nothing came of it

    def __enter__(self) -> Preview:
        return self

    def __exit__(self, *_: object) -> None:
        """What was read of people who are not shown was kept only to be quick."""
        if self._plan is not None:
            with contextlib.suppress(Changed, OSError):
                self.session.pipeline().forget(self._plan)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where the site comes from."""
        part = self.session.project.part
        return (part("content"), part("templates"), part("assets"), self.folder)

    # ── looking ──

    def look(self) -> None:
        """Bring ``state`` up to date with the files."""
        for _ in range(ATTEMPTS):
            try:
                self._look()
            except Changed:
                self._start_afresh()
            except OSError as error:
                self._fail(text("cannot work: {reason}", reason=error.strerror or type(error).__name__))
                return
            except Exception as error:  # noqa: BLE001 - a fault of ours in one text must not end the preview
                traceback.print_exc()
                self._inputs = self.session.inputs(self.folder)
                self._fail(_fault(error))
                return
            else:
                return

    def _look(self) -> None:
        if not self.session.refresh(self.folder, self._inputs):
            return
        self._inputs = ""
        plan = self.session.pipeline().plan(self.session.files(self.folder), guide=True)
        problems = self.session.to_report(plan.problems)
        inputs = self.session.inputs(self.folder)
        if errors(problems):
            self.state = State(self.state.version, problems)
        else:
            # Now, while their files are there: pages are asked for until there is another good plan.
            drawing.load(item.inputs for item in plan.artifacts)
            self._files = {item.path: item for item in plan.artifacts}
            self._base = _base(self._files.get(hosting.NOT_FOUND))
            self.state = State(inputs, problems)
        self._plan = plan
        self._inputs = inputs

    def _start_afresh(self) -> None:
        self._inputs = ""
        self.session.rescan()

    def _fail(self, message: Text) -> None:
        place = Place(self.session.project.name_of(self.session.project.output))
        self.state = State(self.state.version, (Problem(place, message),))

    # ── answering ──

    def answer(self, address: str) -> Answer:
        """What is at this address, a path without escapes."""
        for _ in range(ATTEMPTS):
            try:
                return self._answer(address)
            except Changed:
                self._start_afresh()
                self.look()
            except Refused as refused:
                return self._failed(*refused.problems)
            except Exception as error:  # noqa: BLE001 - a fault of ours in one page must not end the preview
                traceback.print_exc()
                return self._failed(Problem(Place(address), _fault(error)))
        return self._failed(
            Problem(Place(address), text("keeps changing"), text("wait until it is saved, and look again"))
        )

    def _answer(self, address: str) -> Answer:
        if not self.state.version:
            page = problem_page(self.state.problems, text("The site cannot be shown yet"), self.say)
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, HTML, with_script(page, self.state.name))
        status, item = HTTPStatus.OK, self._file(address)
        if item is None:
            if self._file(f"{address}/") is not None:
                return Answer(HTTPStatus.FOUND, HTML, b"", f"{quote(address)}/")
            status, item = HTTPStatus.NOT_FOUND, self._files[hosting.NOT_FOUND]
        body, kind = self._bytes(item), content_type(item.path)
        return Answer(status, kind, with_script(body, self.state.version) if kind == HTML else body)

    def _file(self, address: str) -> Artifact | None:
        """What is meant by an address. The 404 page refers to others by the site's real folder."""
        for start in ("/", self._base):
            if address.startswith(start):
                path = address.removeprefix(start)
                path = f"{path}index.html" if not path or path.endswith("/") else path
                if path in self._files:
                    return self._files[path]
        return None

    def _bytes(self, item: Artifact) -> bytes:
        ((_, content),) = self.session.pipeline().maker.make([item], here=True)
        return content if isinstance(content, bytes) else content.read_bytes()

    def _failed(self, *problems: Problem) -> Answer:
        page = problem_page(problems, text("This page cannot be made"), self.say)
        body = with_script(page, self.state.name)
        return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, HTML, body, problems=problems)


def _base(missing: Artifact | None) -> str:
    root = dict(missing.inputs).get("root") if missing is not None else None
    return root if isinstance(root, str) else "/"


def _fault(error: Exception) -> Text:
    return text("the program itself fails: {reason}", reason=f"{type(error).__name__}: {error}")


def content_type(path: str) -> str:
    """What a file of the site is sent as."""
    feed, kind = hosting.FEED
    return kind if path == feed else TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def with_script(page: bytes, version: str) -> bytes:
    """The page with the script that keeps it up to date. ``version`` is what it shows."""
    tag = f'<script src="{SCRIPT}?v={version}" defer></script>\n'.encode()
    at = page.rfind(b"</body>")
    return page + tag if at < 0 else page[:at] + tag + page[at:]


def problem_page(problems: Sequence[Problem], title: Text, say: Translate) -> bytes:
    """A page that needs no templates, as those may be what is wrong."""
    heading = escape(title.render(say))
    items = "\n".join(_item(problem, say) for problem in problems)
    body = f"<ul>\n{items}\n</ul>" if items else f"<p>{escape(say(_NO_PROBLEMS.sentence))}</p>"
    return f"""\
<!doctype html>
<html lang="{escape(say(_LANGUAGE.sentence))}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{STYLE}">
</head>
<body>
<main id="microsite-problems">
<h1>{heading}</h1>
{body}
</main>
</body>
</html>
""".encode()


_NO_PROBLEMS = text("No problems were found.")


def _item(problem: Problem, say: Translate) -> str:
    told = {key: escape(value) for key, value in _told(problem, say).items()}
    hint = f"<span>{told['hint']}</span>" if told["hint"] else ""
    return f"<li><code>{told['place']}</code> <b>{told['severity']}</b> {told['message']}{hint}</li>"


def _told(problem: Problem, say: Translate) -> dict[str, str]:
    return {
        "place": str(problem.place),
        "severity": say(problem.severity),
        "message": problem.message.render(say),
        "hint": problem.hint.render(say) if problem.hint is not None else "",
    }


def overlay(state: State, say: Translate) -> dict[str, Any]:
    """What is shown over a page: the errors, as only those keep it from being renewed."""
    return {
        "title": say(_OVERLAY.sentence),
        "close": say(_CLOSE.sentence),
        "problems": [_told(problem, say) for problem in errors(state.problems)],
    }


_OVERLAY = text("This is the last good version. Mend this first:")
_CLOSE = text("Close")
