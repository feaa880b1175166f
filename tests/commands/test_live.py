"""What the preview tells open pages and the terminal after each change."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest

from microsite.commands.preview import Response, State, problem_page
from microsite.commands.serve import Live, RequestQueue, _Terminal
from microsite.core import i18n
from microsite.core.problems import Place, Problem, text, untranslated

DEADLINE = 30.0
WRONG = Problem(Place("content/index.md", 2, 1), text("unknown key 'titel'"), text("did you mean 'title'?"))
MILD = Problem(Place("content/index.md", 9), text("no text"), None, "warning")


def events(live: Live, version: str) -> Iterator[tuple[str, Any]]:
    for event in live.events(version, untranslated):
        kind, data = re.fullmatch(rb"event: (\w+)\ndata: (.*)\n\n", event).groups()  # type: ignore[union-attr]
        yield kind.decode(), json.loads(data)["problems"] if kind == b"problems" else data.decode()


def test_a_page_of_another_version_is_told_to_reload() -> None:
    live = Live(State("een"))
    told = events(live, "een")
    assert next(told) == ("problems", [])
    live.publish(State("een", (WRONG, MILD)))
    kind, (problem,) = next(told)
    assert kind == "problems"
    assert problem == {
        "place": "content/index.md:2:1",
        "severity": "error",
        "message": "unknown key 'titel'",
        "hint": "did you mean 'title'?",
    }
    live.publish(State("twee", (MILD,)))
    assert next(told) == ("reload", "twee")
    assert next(told) == ("problems", [])
    assert next(events(live, "een")) == ("reload", "twee")
    live.close()
    assert next(told, None) is None


def test_a_page_about_problems_is_told_to_reload_when_any_changes() -> None:
    live = Live(State("een", (WRONG,)))
    told = events(live, live.state.name)
    assert next(told)[0] == "problems"
    live.publish(State("een", (WRONG, MILD)))
    assert next(told)[0] == "reload"


def test_the_terminal_tells_each_problem_once(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = _Terminal(untranslated)
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
    assert requests.ask("/") is None
    answered = RequestQueue()
    answer = Response(HTTPStatus.OK, "text/plain", b"ja")
    asking = threading.Thread(target=lambda: got.append(answered.ask("/")))
    got: list[Response | None] = []
    asking.start()
    request = answered.next(DEADLINE)
    assert request is not None
    assert not isinstance(request, str)
    request.response.set_result(answer)
    asking.join()
    assert got == [answer]
    assert answered.next(0) is None


def test_sentences_are_in_the_readers_language() -> None:
    translate = i18n.translator("nl")
    assert problem_page([WRONG], text("Problems"), translate).startswith(b"<!doctype html>\n<html lang=")
