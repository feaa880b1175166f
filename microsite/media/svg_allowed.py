"""What may be in a drawing, and what to do with a drawing that has something else.

The rest of SVG is left out or reported; see ``svg.py`` and ``docs/decisions/svg.md``.
"""

from __future__ import annotations

from microsite.core.problems import Text, text
from microsite.media.svg_values import COLOURS

GRADIENTS = frozenset(("linearGradient", "radialGradient"))

# Element -> its own attributes. Every element may have an id and the presentation attributes.
ELEMENTS: dict[str, tuple[str, ...]] = {
    "svg": ("x", "y", "width", "height", "viewBox", "preserveAspectRatio"),
    "g": (),
    "defs": (),
    "symbol": ("x", "y", "width", "height", "viewBox", "preserveAspectRatio", "refX", "refY"),
    "use": ("x", "y", "width", "height"),
    "title": (),
    "desc": (),
    "path": ("d", "pathLength"),
    "rect": ("x", "y", "width", "height", "rx", "ry", "pathLength"),
    "circle": ("cx", "cy", "r", "pathLength"),
    "ellipse": ("cx", "cy", "rx", "ry", "pathLength"),
    "line": ("x1", "y1", "x2", "y2", "pathLength"),
    "polyline": ("points", "pathLength"),
    "polygon": ("points", "pathLength"),
    "text": ("x", "y", "dx", "dy", "rotate", "textLength", "lengthAdjust"),
    "tspan": ("x", "y", "dx", "dy", "rotate", "textLength", "lengthAdjust"),
    "linearGradient": ("x1", "y1", "x2", "y2", "gradientUnits", "gradientTransform", "spreadMethod"),
    "radialGradient": (
        *("cx", "cy", "r", "fx", "fy", "fr"),
        *("gradientUnits", "gradientTransform", "spreadMethod"),
    ),
    "stop": ("offset",),
    "clipPath": ("clipPathUnits",),
    "mask": ("x", "y", "width", "height", "maskUnits", "maskContentUnits"),
}

# Element -> those of its attributes that are also properties of CSS.
GEOMETRY: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("svg", "use"), ("x", "y", "width", "height")),
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "path": ("d",),
}

MASKS = frozenset(("clip-path", "mask"))
PRESENTATION = (
    frozenset(
        (
            *("opacity", "display", "visibility", "overflow", "vector-effect", "paint-order"),
            *("fill-opacity", "fill-rule", "clip-rule", "stop-opacity", "mask-type"),
            *("stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
            *("stroke-dasharray", "stroke-dashoffset", "shape-rendering", "text-rendering"),
            *("font-family", "font-size", "font-style", "font-weight", "font-variant", "font-stretch"),
            *("text-anchor", "text-decoration", "letter-spacing", "word-spacing", "dominant-baseline"),
            *("baseline-shift", "direction", "unicode-bidi", "writing-mode"),
        )
    )
    | COLOURS
    | MASKS
)
REFERRING = frozenset(("fill", "stroke")) | MASKS
PLACING = frozenset(("transform", "transform-origin", "transform-box", "translate", "rotate", "scale"))

# Properties that change how a drawing looks and cannot be drawn, except when they say "not at all".
EFFECTS = frozenset(
    (
        *("filter", "backdrop-filter", "mix-blend-mode", "mask-image", "offset-path"),
        *("marker", "marker-start", "marker-mid", "marker-end", "text-shadow", "text-transform", "font"),
        *("animation", "animation-name"),
    )
)
NONE = frozenset(
    ("none", "normal", "auto", "initial", "unset", "revert", "inherit", "transparent", "0", "passthrough")
)
ATTRIBUTES = PRESENTATION | {
    "transform",
    "transform-origin",
    "filter",
    "marker-start",
    "marker-mid",
    "marker-end",
}
"""The properties that browsers take as attributes."""

# Elements that are drawn only where something points at them, which is reported there.
DEFINITIONS = frozenset(
    (
        *("filter", "pattern", "marker", "hatch", "solidColor", "meshgradient", "meshGradient", "view"),
        *("font", "font-face", "color-profile"),
    )
)

AS_PNG = text(
    "if you only have this file, make a PNG of it, 1200 pixels wide: Inkscape (free) and Illustrator do so "
    "with File > Export"
)
VAR_HINT = text("write an open colour as var(--name, #1a2b3c)")
REPEATS = text(
    "in the drawing program, turn copies into shapes (Inkscape: Edit > Clone > Unlink Clone), or export it "
    "as PNG, 1200 pixels wide"
)
REMOVE = text("remove it from the drawing, or export it once more as 'plain SVG'")
PIXELS = text(
    "there are pixels in this drawing: ask for the drawing itself, or export it as PNG, 1200 pixels wide, "
    "and use that"
)
FLATTEN = text(
    "turn the effect into shapes (Illustrator: Object > Flatten Transparency; Figma: Flatten; Inkscape: "
    "Path > Object to Path), or export it as PNG, 1200 pixels wide"
)
STILL = text("drawings stand still; export it without animation, or as PNG, 1200 pixels wide")
LANGUAGES = text("export the drawing with one language in it")
HINTS: dict[str, Text] = {
    **dict.fromkeys(("image", "feImage"), PIXELS),
    **dict.fromkeys((*EFFECTS, "pattern", "mesh", "textPath", "flowRoot", "foreignObject"), FLATTEN),
    **dict.fromkeys(("animate", "set", "animateMotion", "animateTransform", "animateColor"), STILL),
    **dict.fromkeys(("animation", "animation-name"), STILL),
}
