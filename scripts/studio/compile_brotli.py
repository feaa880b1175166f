"""Make ``studio/brotli/brotli-<version>.wasm`` from the source of the version that requirements.txt names.

    python -m pip download --no-deps --no-binary brotli -d FOLDER brotli==1.2.1
    python -m pip install --no-deps --target FOLDER ziglang==0.17.1
    .venv/bin/python scripts/studio/compile_brotli.py FOLDER

Equal sources give equal bytes. It is done once for a version of Brotli, and takes a C compiler of 100 MB:
therefore what comes of it is in the repository, as the fonts are. A test says when it has to be done again.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parents[2] / "studio" / "brotli"


def main(folder: Path) -> None:
    (archive,) = folder.glob("brotli-*.tar.gz")
    name = archive.name.removesuffix(".tar.gz")
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(archive) as packed:
            packed.extractall(temporary, filter="data")
        source = Path(temporary) / name / "c"
        parts = [
            str(file) for part in ("common", "enc", "dec") for file in sorted((source / part).glob("*.c"))
        ]
        for old in HERE.glob("*.wasm"):
            old.unlink()
        command = [str(folder / "ziglang" / "zig"), "cc", "-target", "wasm32-wasi", "-mexec-model=reactor"]
        command += ["-O2", "-Wl,--no-entry", "-Wl,--strip-all", "-I", str(source / "include")]
        command += [str(HERE / "brotli.c"), *parts, "-o", str(HERE / f"{name}.wasm")]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
