"""A language server as an editor talks to it: what it finds wrong in a file, and what it offers there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Server:
    """A running server for the files below ``root``, with the settings of that folder's editor."""

    process: subprocess.Popen[bytes]
    root: Path
    settings: dict[str, Any]
    asked: int = field(default=0)

    def diagnostics(self, file: Path) -> list[str]:
        """``line: message`` of everything that is wrong, once the file is opened."""
        self._open(file)
        while True:
            said = self._read()
            if (
                said.get("method") == "textDocument/publishDiagnostics"
                and said["params"]["uri"] == file.as_uri()
            ):
                found = said["params"]["diagnostics"]
                return [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in found]

    def offers(self, file: Path, line: int, column: int) -> list[str]:
        """The words that are offered at a place, counted from 0, in a file that was opened."""
        position = {"line": line, "character": column}
        asked = self._ask("textDocument/completion", textDocument={"uri": file.as_uri()}, position=position)
        return [item["label"] for item in asked["items"]]

    def explains(self, file: Path, line: int, column: int) -> str:
        """What is shown beside the word at a place."""
        position = {"line": line, "character": column}
        asked = self._ask("textDocument/hover", textDocument={"uri": file.as_uri()}, position=position)
        return str(asked["contents"]["value"])

    def _open(self, file: Path) -> None:
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": file.read_text("utf-8")}
        self._send("textDocument/didOpen", {"textDocument": document})

    def _ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self._write({"id": self.asked, "method": method, "params": params})
        while (said := self._read()).get("id") != self.asked or "method" in said:
            pass
        return said["result"]

    def _send(self, method: str, params: dict[str, Any]) -> None:
        self._write({"method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message; what the server asks for is answered first."""
        assert self.process.stdout is not None
        size = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        assert size, "the server stopped"
        said: dict[str, Any] = json.loads(self.process.stdout.read(size))
        if "id" in said and "method" in said:
            self._write({"id": said["id"], "result": self._answer(said)})
        return said

    def _answer(self, asked: dict[str, Any]) -> Any:
        if asked["method"] != "workspace/configuration":
            return None
        return [self._section(item.get("section", "")) for item in asked["params"]["items"]]

    def _section(self, name: str) -> dict[str, Any]:
        """The settings that begin with a name, as VS Code gives them: ``yaml.schemas`` is in ``yaml``."""
        found: dict[str, Any] = {}
        for key, value in self.settings.items():
            section, _, rest = key.partition(".")
            if section == name:
                *groups, last = rest.split(".")
                into = found
                for group in groups:
                    into = into.setdefault(group, {})
                into[last] = value
        return found

    def start(self) -> None:
        folder = {"uri": self.root.as_uri(), "name": "campaign"}
        self._ask(
            "initialize",
            processId=None,
            rootUri=self.root.as_uri(),
            workspaceFolders=[folder],
            capabilities={
                "workspace": {"configuration": True, "workspaceFolders": True},
                "textDocument": {"hover": {"contentFormat": ["markdown"]}},
            },
        )
        self._send("initialized", {})
        self._send("workspace/didChangeConfiguration", {"settings": {"yaml": self._section("yaml")}})


@contextmanager
def running(command: Sequence[str], root: Path, settings: dict[str, Any]) -> Iterator[Server]:
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)
    with process:
        try:
            server = Server(process, root, settings)
            server.start()
            yield server
        finally:
            process.kill()
