"""Compiles all modules to /stage/made, in the Python of the studio (see compile.mjs)."""

import importlib.util
import marshal
import zipfile
from pathlib import Path

MADE = Path("/stage/made")
LIBRARY = "lib/python3.14"


def write(target: Path, source: bytes, name: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    code = compile(source, name, "exec", dont_inherit=True, optimize=2)
    # Never compared with a source, which is not there: PEP 552.
    head = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)
    target.write_bytes(head + marshal.dumps(code))


for file in Path("/stage/app").rglob("*"):
    path = file.relative_to("/stage/app").as_posix()
    if file.suffix == ".py":
        write(MADE / f"app/{path}c", file.read_bytes(), path)
    elif file.is_file():
        (MADE / "app" / path).parent.mkdir(parents=True, exist_ok=True)
        (MADE / "app" / path).write_bytes(file.read_bytes())
with zipfile.ZipFile("/lib/python314.zip") as library:
    for path in library.namelist():
        if path.endswith(".py"):
            write(MADE / LIBRARY / f"{path}c", library.read(path), path)
        elif not path.endswith("/"):
            (MADE / LIBRARY / path).parent.mkdir(parents=True, exist_ok=True)
            (MADE / LIBRARY / path).write_bytes(library.read(path))
