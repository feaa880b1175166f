"""Shapes of cut paper, as SVG in the colours of whoever shows them.

A fill such as ``var(--mid, #c93a1e)`` is filled in for each brand by the build.
Coordinates are in the units of the drawing; every function returns markup.
"""

from __future__ import annotations

BRAND = "var(--brand, #c93a1e)"
SECOND = "var(--second, #f2b632)"
PAPER = "var(--paper, #fbf7f0)"
INK = "var(--ink, #221d1a)"
TINT = "var(--tint, #f6dccb)"

# The brand's colours in a certain range of lightness: neighbours in different tones are always told apart.
PALE = "var(--pale, #f2b632)"
MID = "var(--mid, #c93a1e)"
DEEP = "var(--deep, #79150a)"


def path(d: str, fill: str, extra: str = "") -> str:
    return f'<path d="{d}" fill="{fill}"{extra}/>'


def line(d: str, colour: str, width: float, cap: str = "round") -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        f' stroke-linecap="{cap}" stroke-linejoin="round"/>'
    )


def dot(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"/>'


def oval(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"/>'


def box(x: float, y: float, w: float, h: float, fill: str, rx: float = 0) -> str:
    round_ = f' rx="{rx:g}"' if rx else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"{round_} fill="{fill}"/>'


def group(transform: str, *parts: str) -> str:
    return f'<g transform="{transform}">{"".join(parts)}</g>'


def shadow(d: str, strength: float = 0.16) -> str:
    """A part of a sheet that lies in the shade: the same colour, a little darker."""
    return path(d, INK, f' fill-opacity="{strength:g}"')


def sheet(d: str, fill: str, fall: tuple[float, float] = (9, 11), strength: float = 0.16) -> str:
    """A sheet that lies on others, with the shadow that falls from it: so far to the right and down."""
    return group(f"translate({fall[0]:g} {fall[1]:g})", shadow(d, strength)) + path(d, fill)
