"""Arms from the shoulder to the fingertips: a sleeve, its cuff, and a hand at the end of it."""

from __future__ import annotations

import math

from cut_paper import INK, PAPER, group, line, path, shadow

from people.person import Person

Point = tuple[float, float]


SHOULDER, ELBOW, WRIST = 60, 56, 44
"""Half the width of a sleeve."""

LEFT, RIGHT = (206.0, 790.0), (594.0, 790.0)
"""Where the arms begin."""


def upper(p: Person, elbow: Point) -> str:
    """The sleeve from the nearest shoulder to the elbow. What is held lies over it, and the forearm over that."""
    shoulder = LEFT if elbow[0] < 400 else RIGHT
    shoulder = 400 + (shoulder[0] - 400) * p.build, shoulder[1]
    d = f"{_tapered(shoulder, elbow, SHOULDER, ELBOW)}{_round(shoulder, SHOULDER)}{_round(elbow, ELBOW)}"
    return _sheet(p, d, (9 if elbow[0] < 400 else -9, 2))


def arm(p: Person, kind: str, elbow: Point, wrist: Point, turn: float = 0, flip: bool = False) -> str:
    """Forearm, cuff and hand. The hand is bent from the arm by ``turn``; ``flip`` puts the thumb below."""
    along = math.degrees(math.atan2(wrist[1] - elbow[1], wrist[0] - elbow[0]))
    size = SIZES[kind] * (1 if p.build >= 1 else 0.94)
    hand = group(
        f"translate({_at(wrist)}) rotate({along + turn:.0f}) scale({size:g} {-size if flip else size:g})",
        HANDS[kind](p),
    )
    cuff = group(
        f"translate({_at(wrist)}) rotate({along:.0f})",
        f'<rect x="-22" y="{-WRIST - 4}" width="32" height="{2 * WRIST + 8}" rx="8" fill="{p.colour("cuff")}"/>',
    )
    fall = (5, -8) if elbow[0] < 400 else (-5, -8)
    return hand + _sheet(p, f"{_tapered(elbow, wrist, ELBOW, WRIST)}{_round(elbow, ELBOW)}", fall) + cuff


def _sheet(p: Person, d: str, fall: Point) -> str:
    """On black a shadow is not seen: there the edge catches light."""
    edge = path(d, PAPER, ' fill-opacity=".3"') if p.colour("garment") == INK else shadow(d, 0.24)
    return group(f"translate({_at(fall)})", edge) + path(d, p.colour("garment"))


def _tapered(a: Point, b: Point, start: float, end: float) -> str:
    """The outline of a strip from one point to another, half as wide as these at its ends."""
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    nx, ny = -(b[1] - a[1]) / length, (b[0] - a[0]) / length
    corners = (
        (a[0] + nx * start, a[1] + ny * start),
        (a[0] - nx * start, a[1] - ny * start),
        (b[0] - nx * end, b[1] - ny * end),
        (b[0] + nx * end, b[1] + ny * end),
    )
    return "M" + "L".join(map(_at, corners)) + "Z"


def _round(at: Point, radius: float) -> str:
    x, y = at
    return f"M{x - radius:.0f} {y:.0f}a{radius:.0f} {radius:.0f} 0 1 1 {2 * radius:.0f} 0a{radius:.0f} {radius:.0f} 0 1 1 {-2 * radius:.0f} 0Z"


def _at(point: Point) -> str:
    return f"{point[0]:.0f} {point[1]:.0f}"


# ── hands: the wrist is at 0 0, the fingers point to the right, the thumb is above ──


def _finger(p: Person, x: float, y: float, to_x: float, to_y: float, width: float = 23) -> str:
    light, shade, _ = p.skin
    d = f"M{x:g} {y:g}L{to_x:g} {to_y:g}"
    return line(d, shade, width + 5) + line(d, light, width)


def _back(p: Person, d: str) -> str:
    """The back or the palm of a hand, with an edge in its shade: on whatever it lies, it is seen."""
    light, shade, _ = p.skin
    return path(d, light, f' stroke="{shade}" stroke-width="5" paint-order="stroke"')


def _fist(p: Person) -> str:
    """Closed round something that goes across, such as a handle."""
    back = _back(p, "M-30 -30C0 -32 10 -46 34 -48L62 -40V44C40 52 8 42 -30 30Z")
    fingers = "".join(_finger(p, 44, y, 72, y, 21) for y in (36, 13, -10, -33))
    return back + fingers + _finger(p, 16, -36, 58, -52, 22)


def _hold(p: Person) -> str:
    """The thumb lies on what is held; the fingers are behind it."""
    shade = p.skin[1]
    back = _back(p, "M-30 -30C0 -34 24 -42 44 -32C58 -22 60 20 44 34C20 46 -6 38 -30 30Z")
    return back + line("M14 -24C30 -30 44 -26 50 -14", shade, 4) + _finger(p, 24, -18, 88, -26, 25)


def _cup(p: Person) -> str:
    """Four fingers round the front of something, the thumb at its rim."""
    back = _back(p, "M-30 -30C-4 -34 16 -40 38 -34L52 38C30 48 -4 40 -30 30Z")
    fingers = "".join(_finger(p, 30, y, 78 - abs(y - 6) * 0.35, y + 2, 20) for y in (34, 14, -6, -25))
    return back + fingers


def _palm(p: Person) -> str:
    """An open hand with the palm up, seen from the side."""
    shade = p.skin[1]
    return (
        _back(
            p,
            "M-30 -28C6 -36 40 -22 62 -14C96 -18 132 -24 150 -16C160 -8 152 2 134 4C120 22 84 40 48 40C16 42 -10 34 -30 30Z",
        )
        + line("M70 -12C96 -16 120 -16 138 -12M134 4C112 12 92 12 78 10", shade, 4.5)
        + _finger(p, 26, -16, 66, -34, 22)
    )


def _open(p: Person) -> str:
    """A hand that speaks along: the fingers apart."""
    shade = p.skin[1]
    fingers = "".join(
        _finger(p, x, y, to_x, to_y, 22)
        for x, y, to_x, to_y in ((44, 26, 92, 50), (48, 9, 112, 20), (48, -9, 116, -10), (42, -26, 102, -42))
    )
    palm = _back(p, "M-30 -28C0 -36 30 -42 54 -34C66 -20 66 22 54 36C30 46 0 38 -30 28Z")
    return fingers + _finger(p, 12, -24, 44, -74, 23) + palm + line("M16 30C34 26 46 10 44 -8", shade, 4)


def _rest(p: Person) -> str:
    """A loosely closed hand under a chin or against a cheek."""
    shade = p.skin[1]
    back = _back(p, "M-30 -30C0 -34 24 -44 54 -42C84 -36 90 -8 84 14C78 36 44 46 -30 30Z")
    return back + line("M86 -16C70 -12 60 -12 52 -16M88 2C72 6 62 6 52 2M80 22C68 24 60 22 50 18", shade, 4.5)


HANDS = {"fist": _fist, "hold": _hold, "cup": _cup, "palm": _palm, "open": _open, "rest": _rest}
SIZES = {"fist": 1.24, "hold": 1.24, "cup": 1.28, "palm": 1.34, "open": 1.42, "rest": 1.34}
