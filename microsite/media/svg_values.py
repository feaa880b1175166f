"""Values of CSS in a drawing, checked and written as the attributes of SVG take them.

None of the forms that are accepted can contain an address, an unknown function or an escape.
"""

from __future__ import annotations

import math
import re

COLOURS = frozenset(("fill", "stroke", "stop-color", "color"))
REFERENCE = re.compile(r"""url\( ?(['"]?)#([^'"()\s]+)\1 ?\)(?: (.*))?""", re.IGNORECASE)
WIDE_GAMUT = re.compile(r"(?:color|color-mix|lab|lch|oklab|oklch)\(", re.IGNORECASE)
"""Newer colours; design programs write an older one before them for programs that do not know these."""
BLEND_MODES = frozenset(
    (
        *("multiply", "screen", "overlay", "darken", "lighten", "color-dodge", "color-burn", "hard-light"),
        *("soft-light", "difference", "exclusion", "hue", "saturation", "color", "luminosity"),
    )
)

_MAX_UNITS = 1_000_000_000.0

_PLAIN_VALUE = re.compile(r"[A-Za-z0-9.,%+\- ]*")
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9.,+\- ]*")
_CSS_PATH = re.compile(r"""path\( ?(?:(?:nonzero|evenodd) ?, ?)?(["'])(.*)\1 ?\)""")
_FONTS = re.compile(r"""[\w ,.'"-]*""")
_TRANSFORM = re.compile(r"(?:(?:matrix|translate|scale|rotate|skewX|skewY) ?\([0-9eE.,+\- ]*\)[ ,]*)*|none")
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_VAR_COLOUR = re.compile(r"var\( ?--([a-z][a-z0-9-]*) ?, ?#([0-9a-f]{3}|[0-9a-f]{6}) ?\)", re.IGNORECASE)
_FUNCTION_COLOUR = re.compile(r"(?:rgb|hsl)a?\([0-9.,%/+\- deg]*\)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")

_LENGTH = re.compile(r"([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?) ?(px|pt|pc|mm|cm|in|q)?", re.IGNORECASE)
_PIXELS = {
    "": 1,
    "px": 1,
    "pt": 96 / 72,
    "pc": 16,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96,
    "q": 96 / 101.6,
}


def attribute(name: str, value: str) -> str | None:
    """The value of an element's own attribute, or None when it cannot be used."""
    syntax = {"d": _PATH, "gradientTransform": _TRANSFORM}.get(name, _PLAIN_VALUE)
    return value if syntax.fullmatch(value) else None


def presentation(name: str, value: str) -> str | None:
    """The value of a presentation attribute, or None when it cannot be used."""
    if name in COLOURS:
        return colour(value)
    if name == "font-family":
        return value.replace('"', "'") if _FONTS.fullmatch(value) else None
    return value if _PLAIN_VALUE.fullmatch(value) else None


def colour(value: str) -> str | None:
    if found := _VAR_COLOUR.fullmatch(value):
        digits = found[2].lower()
        return f"var(--{found[1].lower()}, #{digits if len(digits) == 6 else ''.join(d * 2 for d in digits)})"
    if _HEX.fullmatch(value):
        return value.lower()
    return value if _WORD.fullmatch(value) or _FUNCTION_COLOUR.fullmatch(value) else None


def path(css: str) -> str:
    """The data in ``path("…")``, or the value itself."""
    found = _CSS_PATH.fullmatch(css)
    return found[2] if found else css


# ── sizes ────────────────────────────────────────────────────────────────────────────────────────────


def pixels(length: str) -> float:
    """Return a length in CSS pixels; 0 for a percentage or another unit that depends on the page."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[(found[2] or "").lower()] if found else 0.0


def numbers(value: str) -> tuple[float, ...]:
    """The numbers in a list; none when a word in it is not a number, or a number is beyond reason."""
    try:
        found = tuple(float(word) for word in value.replace(",", " ").split())
    except ValueError:
        return ()
    return found if all(abs(number) <= _MAX_UNITS for number in found) else ()


def number(value: float) -> str:
    return f"{value:.6g}"


# ── transformations ──────────────────────────────────────────────────────────────────────────────────

_CALLS = re.compile(r"([A-Za-z]+) ?\(([^()]*)\)[ ,]*")
_AMOUNT = re.compile(r"([+-]?[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)(px|deg|grad|rad|turn|%)?", re.IGNORECASE)
_DEGREES = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
# Function of CSS -> function of SVG, with the amounts in their place.
_FUNCTIONS = {
    **{name: f"{name}({{0}})" for name in ("matrix", "translate", "scale", "rotate", "skewX", "skewY")},
    "rotateZ": "rotate({0})",
    "translateX": "translate({0} 0)",
    "translateY": "translate(0 {0})",
    "scaleX": "scale({0} 1)",
    "scaleY": "scale(1 {0})",
}
_SHARES = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}

Box = tuple[float, float]
"""Width and height that percentages are of."""


def transform(css: str) -> str | None:
    """A list of transformations as the attribute takes it, without units; "" for none."""
    if _TRANSFORM.fullmatch(css):
        return "" if css == "none" else css
    if _CALLS.sub("", css).strip():
        return None
    calls = []
    for name, inside in _CALLS.findall(css):
        amounts = [_amount(word, name) for word in inside.replace(",", " ").split()]
        if name not in _FUNCTIONS or None in amounts:
            return None
        calls.append(_FUNCTIONS[name].format(" ".join(map(str, amounts))))
    return " ".join(calls)


def _amount(word: str, function: str) -> str | None:
    found = _AMOUNT.fullmatch(word)
    if found is None:
        return None
    unit = (found[2] or "").lower()
    if unit == "%":  # of a size that is not known here, except when it scales
        return number(float(found[1]) / 100) if function.startswith("scale") else None
    return number(float(found[1]) * _DEGREES.get(unit, 1.0)) if unit else found[1]


def placed(style: dict[str, str], box: Box | None) -> str | None:
    """One ``transform`` attribute for all properties of CSS that move, turn or scale an element.

    Percentages and sides are of ``box``, when that is known. Returns None when it cannot be written.
    """
    parts = [
        transform(f"{name}({style[name]})")
        for name in ("translate", "rotate", "scale")
        if style.get(name, "none") != "none"
    ]
    parts.append(transform(style.get("transform", "none")))
    if None in parts:
        return None
    written = " ".join(part for part in parts if part)
    origin = style.get("transform-origin", "")
    if not (written and origin):
        return written
    if style.get("transform-box", "view-box") != "view-box" or (point := _point(origin, box)) is None:
        return None
    if point == (0, 0):
        return written
    (x, y), (left, up) = (map(number, point), (number(-part) for part in point))
    return f"translate({x} {y}) {written} translate({left} {up})"


def _point(origin: str, box: Box | None) -> tuple[float, float] | None:
    """The coordinates that ``transform-origin`` stands for; what it does not name is the centre."""
    words = origin.lower().replace(",", " ").split()[:2]  # a third is depth
    if len(words) == 1:
        words.append("center")
    if words[0] in ("top", "bottom") or words[1] in ("left", "right"):
        words.reverse()
    x, y = (_coordinate(word, box and box[axis]) for axis, word in enumerate(words))
    return None if x is None or y is None else (x, y)


def _coordinate(word: str, size: float | None) -> float | None:
    found = _AMOUNT.fullmatch(_SHARES.get(word, word))
    if found is None or found[2] not in (None, "px", "%"):
        return None
    if found[2] != "%":
        return float(found[1])
    return None if size is None else float(found[1]) / 100 * size


# ── letters ──────────────────────────────────────────────────────────────────────────────────────────

_FONT = re.compile(
    r"((?:[a-z0-9-]+ )*?)"
    r"([0-9.]+(?:[a-z]+|%)|(?:xx?-)?(?:small|large)|medium|smaller|larger)"
    r"(?: ?/ ?\S+)? (.+)",
    re.IGNORECASE,
)
_FONT_WORDS = (
    ("font-style", re.compile(r"italic|oblique")),
    ("font-variant", re.compile(r"small-caps")),
    ("font-weight", re.compile(r"bold|bolder|lighter|[1-9][0-9]{0,3}")),
    ("font-stretch", re.compile(r"(?:[a-z]+-)?(?:condensed|expanded)")),
)


def longhands(name: str, value: str) -> dict[str, str]:
    """The properties that a declaration sets: those of ``font``, or the one that it names."""
    found = _FONT.fullmatch(value) if name == "font" else None
    if found is None:
        return {name: value}
    properties = {longhand: "normal" for longhand, _ in _FONT_WORDS}
    for word in found[1].lower().split():
        properties |= {longhand: word for longhand, form in _FONT_WORDS if form.fullmatch(word)}
    return properties | {"font-size": found[2], "font-family": found[3]}
