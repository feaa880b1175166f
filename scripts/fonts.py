"""Make the fonts in ``assets/fonts/`` from the families as their makers publish them (OFL, no reserved name).

    python -m pip download --no-deps -d FOLDER fontpkg-bricolage-grotesque==1.1 …     see FAMILIES
    .venv/bin/python scripts/fonts.py FOLDER

Each becomes one variable WOFF2 with the letters of western and central Europe, regular to heavy, for the
web, one TTF with all its letters, for print, and of that the regular and the bold by themselves, which
office programs take. Equal files give equal bytes. What ``microsite/brand/fonts.py`` has to know of them
is printed.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from microsite.brand import fonts
from microsite.brand.document_fonts import letters

HERE = Path(__file__).resolve().parent.parent / "assets" / "fonts"

# family -> (wheel, font in it, axes to keep or pin)
FAMILIES: dict[str, tuple[str, str, dict[str, float | tuple[float, float]]]] = {
    "bricolage-grotesque": (
        "fontpkg_bricolage_grotesque-1.1",
        "BricolageGrotesque[opsz,wdth,wght].ttf",
        {"opsz": 24, "wdth": 100, "wght": (400, 800)},
    ),
    "hanken-grotesk": ("fontpkg_hanken_grotesk-3.13", "HankenGrotesk[wght].ttf", {"wght": (400, 800)}),
    "instrument-sans": (
        "fontpkg_instrument_sans-1.0",
        "InstrumentSans[wdth,wght].ttf",
        {"wdth": 100, "wght": (400, 700)},
    ),
    "newsreader": ("fontpkg_newsreader-1.3", "Newsreader[opsz,wght].ttf", {"opsz": 16, "wght": (400, 800)}),
}


def whole(font: bytes, axes: dict[str, float | tuple[float, float]]) -> bytes:
    """The font for print: all its letters and weights, with the other axes pinned as in the web font."""
    opened = TTFont(io.BytesIO(font), recalcTimestamp=False)
    pinned = {tag: value for tag, value in axes.items() if isinstance(value, (int, float))}
    made = instancer.instantiateVariableFont(opened, pinned) if pinned else opened
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def main(wheels: Path) -> None:
    HERE.mkdir(exist_ok=True)
    for family, (wheel, name, axes) in FAMILIES.items():
        package = wheel.split("-")[0]
        with zipfile.ZipFile(wheels / f"{wheel}-py3-none-any.whl") as archive:
            font = archive.read(f"{package}/files/{name}")
            licence = archive.read(f"{package}/LICENSE").decode("utf-8").strip() + "\n"
        if "with Reserved Font Name" in licence.split("-----")[0]:
            raise SystemExit(f"{family} has a reserved name: it may not be changed and keep it")
        made = fonts.webfont(font, axes)
        full = whole(font, axes)
        (HERE / f"{family}.ttf").write_bytes(full)
        named = letters(full)
        (HERE / f"{family}-400.ttf").write_bytes(named.regular)
        (HERE / f"{family}-700.ttf").write_bytes(named.bold)
        (HERE / f"{family}.woff2").write_bytes(made)
        (HERE / f"{family}-LICENSE.txt").write_text(licence, encoding="utf-8")
        print(f'"{family}": {fonts.examine(made).metrics!r},  # {len(made)} bytes')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
