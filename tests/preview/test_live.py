"""What the preview tells open pages and the terminal after each change."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from microsite.core import i18n
from microsite.core.problems import Place, Problem, Translate, text, untranslated
from microsite.core.settings import Project
from microsite.preview.editor import Editor
from microsite.preview.excerpts import Files
from microsite.preview.live import Live, RequestQueue
from microsite.preview.pages import Pages
from microsite.preview.state import Request, Response, State
from microsite.preview.terminal import Terminal

DEADLINE = 30.0
WRONG = Problem(Place("content/index.md", 2, 1), text("unknown key 'titel'"), text("did you mean 'title'?"))
NOWHERE = Path("/nergens")
MILD = Problem(Place("content/index.md", 9), text("no text"), None, "warning")


def pages(translate: Translate) -> Pages:
    return Pages(translate, Files(Project(NOWHERE, NOWHERE), NOWHERE, Editor()), "geheim")


def events(live: Live, version: str) -> Iterator[tuple[str, Any]]:
    for event in live.events(version):
        kind, data = re.fullmatch(rb"event: (\w+)\ndata: (.*)\n\n", event).groups()  # type: ignore[union-attr]
        yield kind.decode(), json.loads(data) if kind == b"problems" else data.decode()


def test_a_page_of_another_version_is_told_to_reload() -> None:
    live = Live(State("een"), pages(untranslated))
    told = events(live, "een")
    assert next(told) == ("problems", {"html": "", "count": "no problems"})
    live.publish(State("een", (WRONG, MILD)))
    kind, said = next(told)
    assert kind == "problems"
    assert said["count"] == "2 problems"
    assert "content/index.md:2:1" in said["html"]
    assert "did you mean &#39;title&#39;?" in said["html"]
    assert "no text" not in said["html"]
    live.publish(State("twee", (MILD,)))
    assert next(told) == ("reload", "twee")
    assert next(told) == ("problems", {"html": "", "count": "1 problem"})
    assert next(events(live, "een")) == ("reload", "twee")
    live.close()
    assert next(told, None) is None


def test_a_page_about_problems_is_told_to_reload_when_any_changes() -> None:
    live = Live(State("een", (WRONG,)), pages(untranslated))
    told = events(live, live.state.name)
    assert next(told)[0] == "problems"
    live.publish(State("een", (WRONG, MILD)))
    assert next(told)[0] == "reload"


def test_the_terminal_tells_each_problem_once(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(untranslated)
    terminal.report(State("een", (MILD,)))
    assert capsys.readouterr().out == "content/index.md:9: warning: no text\n"
    terminal.report(State("een", (MILD, WRONG)))
    out = capsys.readouterr().out
    assert out.startswith("content/index.md:2:1: error: unknown key 'titel'\n    hint: ")
    assert out.endswith("not renewed, see above; the last good site stays\n")
    terminal.report(State("twee", (MILD,)))
    assert capsys.readouterr().out == "renewed\n"
    terminal.report_page([WRONG])
    terminal.report_page([WRONG])
    assert capsys.readouterr().out.count("unknown key") == 1


def test_who_asks_when_all_is_over_gets_no_answer() -> None:
    requests = RequestQueue()
    requests.close()
    assert requests.ask(Request("/")) is None
    answered = RequestQueue()
    answer = Response(HTTPStatus.OK, "text/plain", b"ja")
    asking = threading.Thread(target=lambda: got.append(answered.ask(Request("/"))))
    got: list[Response | None] = []
    asking.start()
    request = answered.next(DEADLINE)
    assert request is not None
    assert not isinstance(request, str)
    request.response.put(answer)
    asking.join()
    assert got == [answer]
    assert answered.next(0) is None


def test_sentences_are_in_the_readers_language() -> None:
    page = pages(i18n.translator("nl")).problems([WRONG], text("Problems"), "1").decode()
    assert '<html lang="nl">' in page
    assert "<b>fout</b>" in page
