"""Draws the portraits of the people who do not exist: cut paper, in the colours of whoever shows them.

Every portrait is put together from the same few parts; which ones stands in
``portraits.yaml``. The fills that name a custom property (``var(--brand, …)``)
are filled in for each brand by the build. The same file in, the same bytes out.

    python scripts/portraits.py [PROJECT]       into content/verhalen or another section, or that of the brand that shows them
"""

# ruff: noqa: E501  (outlines are long, and no easier to read in pieces)

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent

BRAND = "var(--brand, #c93a1e)"
SECOND = "var(--second, #f2b632)"
PAPER = "var(--paper, #fbf7f0)"
INK = "var(--ink, #221d1a)"
TINT = "var(--tint, #f6dccb)"

# Light and shade of each skin (1 lightest .. 6 darkest), then the lips.
SKINS = {
    1: ("#f4d1b9", "#dfaa8c", "#b9665a"),
    2: ("#e9bd98", "#cf956d", "#a9574a"),
    3: ("#d6a077", "#b57d54", "#95493c"),
    4: ("#b97e54", "#965e39", "#793a2e"),
    5: ("#8d5939", "#6b3f26", "#542a20"),
    6: ("#643d27", "#482917", "#351a12"),
}
HAIRS = {
    "red": ("#bd5a2c", "#94411d"),
    "grey": ("#a9a59c", "#868178"),
    "white": ("#f0ebe0", "#cdc6b8"),
    "black": ("#2a2422", "#453b37"),
    "brown": ("#5f3e29", "#452b1b"),
    "blond": ("#deb968", "#bb9345"),
}
WOOD, WOOD_DARK, KRAFT = "#c68f55", "#8f5f31", "#a9713c"


@dataclass(frozen=True)
class Scheme:
    """Which colour is what. Behind dark hair it is light, and the other way round."""

    ground: str
    halo: str
    garment: str
    detail: str
    cloth: str


DARK_HEADS = (
    Scheme(BRAND, TINT, PAPER, INK, SECOND),
    Scheme(SECOND, PAPER, BRAND, PAPER, TINT),
    Scheme(TINT, SECOND, INK, PAPER, BRAND),
    Scheme(BRAND, TINT, SECOND, INK, PAPER),
)
LIGHT_HEADS = (
    Scheme(SECOND, BRAND, PAPER, INK, SECOND),
    Scheme(TINT, BRAND, INK, SECOND, SECOND),
    Scheme(BRAND, SECOND, TINT, INK, BRAND),
)

# The head as it is seen from the front; the shade lies on the right.
JAWS = {
    "oval": "M283 340C281 240 334 196 400 196S519 240 517 340C516 446 462 536 400 536S284 446 283 340Z",
    "square": "M282 336C280 238 332 196 400 196S520 238 518 336L512 436C504 496 450 538 400 538S296 496 288 436Z",
    "round": "M276 348C274 244 328 198 400 198S526 244 524 348C522 452 466 532 400 532S278 452 276 348Z",
}
SHADES = {
    "oval": "M462 214C500 240 518 284 517 340 516 446 462 536 400 536 452 490 480 410 474 330 472 284 468 246 462 214Z",
    "square": "M462 212C500 236 520 280 518 336L512 436C504 496 450 538 400 538 456 500 482 410 474 330 472 284 468 246 462 212Z",
    "round": "M464 216C504 242 525 290 524 348 522 452 466 532 400 532 456 490 484 410 478 330 476 284 470 246 464 216Z",
}
BODY = "M84 1000C92 868 150 778 296 730L400 704 504 730C650 778 708 868 716 1000Z"


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
    """Paper that lies on paper: the same colour, a little darker."""
    return path(d, INK, f' fill-opacity="{strength:g}"')


@dataclass(frozen=True)
class Person:
    """One entry of the file, with what follows from it."""

    slug: str
    spec: dict[str, Any]
    scheme: Scheme
    shape: str
    jaw: str

    @property
    def skin(self) -> tuple[str, str, str]:
        return SKINS[self.spec["skin"]]

    @property
    def hair(self) -> tuple[str, str]:
        return HAIRS[self.spec["hair"].get("colour", "black")]

    @property
    def style(self) -> str:
        return str(self.spec["hair"]["style"])

    def says(self, *words: str) -> bool:
        """Whether one of these words is in the mood."""
        return any(word in str(self.spec["mood"]) for word in words)


# ── behind ────────────────────────────────────────────────────────────────────

HALOS = {
    "disc": lambda c: dot(400, 420, 330, c),
    "arch": lambda c: path("M96 1000V412C96 236 228 104 400 104S704 236 704 412V1000Z", c),
    "mark": lambda c: path("M196 0H604L556 690H244Z", c) + dot(400, 830, 150, c),
    "sun": lambda c: dot(560, 300, 330, c),
    "slab": lambda c: path("M0 250 800 96V760L0 860Z", c),
    "half": lambda c: path("M400 0H800V1000H400Z", c),
}


def ground(p: Person) -> str:
    return box(0, 0, 800, 1000, p.scheme.ground) + HALOS[p.shape](p.scheme.halo)


# ── the head ──────────────────────────────────────────────────────────────────


def neck(p: Person) -> str:
    light, shade, _ = p.skin
    return path("M330 540V724C350 768 450 768 470 724V540Z", light) + path(
        "M330 588C364 644 436 644 470 588V704C436 692 372 668 330 630Z", shade
    )


def face(p: Person) -> str:
    light, shade, lips = p.skin
    ears = oval(281, 382, 22, 36, light) + oval(519, 382, 22, 36, shade)
    hidden = p.style in ("headscarf", "bob", "wavy")
    return "".join(
        (
            "" if hidden else ears,
            path(JAWS[p.jaw], light),
            path(SHADES[p.jaw], shade),
            path("M402 352 406 432C416 446 436 444 440 430 426 412 414 384 412 352Z", shade),
            line("M376 436Q400 452 424 438", lips, 5),
            eyes(p),
            mouth(p),
            age(p),
        )
    )


def eyes(p: Person) -> str:
    look = 9 if p.says("opzij") else 0
    lift = 7 if p.says("omhoog", "open") else 0
    brow = p.hair[0] if p.style not in ("headscarf", "bald", "wreath", "cap") else ""
    brow = brow or (p.skin[1] if p.spec["skin"] < 5 else "#221815")
    if p.style == "cap":
        brow = p.hair[1]
    if p.style == "wreath":
        brow = p.hair[1]
    parts = []
    for side in (-1, 1):
        x = 400 + side * 56
        frown = 8 if p.says("nors", "ernstig", "geconcentreerd") else 0
        inner, outer = 372 - lift - 32 + frown, 372 - lift - 30 - (0 if frown else -4)
        parts += [
            oval(x, 377, 25, 13.5, "#fbf8f2"),
            dot(x + look, 376, 12.5, "#231b18"),
            line(f"M{x - 28} 376Q{x} 354 {x + 28} 376", "#231b18", 6),
            line(
                f"M{x - side * 30} {inner}Q{x + side * 2} {inner - 14} {x + side * 34} {outer + 4}",
                brow,
                11,
            ),
        ]
    return "".join(parts)


def mouth(p: Person) -> str:
    _, _, lips = p.skin
    if p.says("lach", "warm"):
        bend = 20 if p.says("warm", "lichte") else 15
        return path(f"M356 474Q400 {474 + bend} 444 474Q400 {478 + bend * 2.2:g} 356 474Z", lips) + line(
            f"M352 472Q400 {474 + bend} 448 472", "#3a211b", 4
        )
    if p.says("nors", "streep"):
        return line("M360 482H440", lips, 9)
    return path("M360 480Q384 468 400 474 416 468 440 480 400 504 360 480Z", lips) + line(
        "M358 480Q400 484 442 480", "#3a211b", 3.5
    )


def age(p: Person) -> str:
    _, shade, _ = p.skin
    parts = ""
    if p.spec["age"] >= 45:
        parts += line("M352 446Q340 464 340 484", shade, 5) + line("M448 446Q460 464 460 484", shade, 5)
    if p.spec["age"] >= 54:
        parts += line("M322 402Q344 414 366 404", shade, 4) + line("M434 404Q456 414 478 402", shade, 4)
    if p.spec["age"] >= 70:
        parts += line("M346 272Q400 260 454 272", shade, 5) + line("M352 300Q400 290 448 300", shade, 5)
    return parts


def beard(p: Person) -> str:
    kind = p.spec.get("beard", "none")
    if kind == "none":
        return ""
    hair, dark = HAIRS[p.spec.get("beard_colour") or p.spec["hair"].get("colour", "black")]
    if kind == "full":
        shape = (
            "M280 376C292 420 306 438 336 446 366 432 434 432 464 446 494 438 508 420 520 376"
            "C526 480 500 610 400 622 300 610 274 480 280 376Z"
        )
        side = "M520 376C526 480 500 610 400 622 452 580 486 500 486 432 502 420 512 404 520 376Z"
    else:
        shape = (
            "M283 392C296 430 312 450 344 456 372 440 428 440 456 456 488 450 504 430 517 392"
            "C520 470 484 548 400 550 316 548 280 470 283 392Z"
        )
        side = "M517 392C520 470 484 548 400 550 448 520 480 480 484 438 500 430 510 414 517 392Z"
    gap = path("M352 470Q400 452 448 470 436 502 400 502 364 502 352 470Z", p.skin[0])
    return path(shape, hair) + path(side, dark) + gap + mouth(p)


def glasses(p: Person) -> str:
    if not p.spec["glasses"]:
        return ""
    rim = "#f6efe2" if p.spec["skin"] == 6 else "#2a2422"
    ring = "".join(
        f'<rect x="{x}" y="342" width="86" height="68" rx="26" fill="none" stroke="{rim}" stroke-width="8"/>'
        for x in (301, 413)
    )
    return ring + line("M387 366Q400 356 413 366", rim, 8) + line("M301 366 282 360M499 366 518 360", rim, 8)


# ── hair: what falls behind the shoulders, and what lies over the face ─────────


def hair_back(p: Person) -> str:
    hair, dark = p.hair
    match p.style:
        case "bob":
            return path("M400 150C262 150 236 270 240 400L232 540H568L560 400C564 270 538 150 400 150Z", dark)
        case "wavy":
            return path(
                "M400 148C270 148 232 250 244 344 210 400 252 440 222 500 196 570 236 640 300 650H500"
                "C564 640 604 570 578 500 548 440 590 400 556 344 568 250 530 148 400 148Z",
                dark,
            )
        case "ponytail":
            return path(
                "M500 230C600 236 632 330 606 430 596 490 616 540 586 620 560 560 556 480 548 420 540 350 524 300 500 290Z",
                dark,
            )
        case "bun":
            return dot(400, 126, 78, hair) + path("M436 57A78 78 0 0 1 436 195Q474 126 436 57Z", dark)
        case "curls":
            return curls(hair, ((276, 262, 62), (524, 262, 62), (270, 330, 44), (530, 330, 44)))
        case "headscarf":
            return path(
                "M400 138C262 138 226 262 232 384 238 520 214 610 190 690L610 690C588 610 562 520 568 384 574 262 538 138 400 138Z",
                p.scheme.cloth,
            )
        case _:
            return ""


def curls(colour: str, spots: tuple[tuple[int, int, int], ...]) -> str:
    return "".join(dot(x, y, r, colour) for x, y, r in spots)


def hair_front(p: Person) -> str:  # noqa: C901  (one case per style)
    hair, dark = p.hair
    match p.style:
        case "short" if p.spec["hair"].get("parting"):
            return path(
                "M276 352C262 226 316 158 416 160 506 160 540 232 524 352L510 300C480 268 420 262 356 238 332 268 300 290 290 306Z",
                hair,
            ) + path(
                "M468 178C528 196 538 262 524 352L510 300C500 270 486 262 470 258 480 230 480 204 468 178Z",
                dark,
            )
        case "short":
            return path(
                "M270 384C246 232 312 156 404 156 498 156 556 232 530 384L514 322C500 282 478 262 452 248 420 276 350 276 318 258 300 280 288 310 284 332Z",
                hair,
            ) + path(
                "M462 172C534 192 550 270 530 384L514 322C504 286 490 268 470 256 478 226 474 198 462 172Z",
                dark,
            )
        case "bob":
            return path(
                "M400 150C290 150 250 232 258 330L254 500C276 500 292 470 292 430L296 322H504L508 430C508 470 524 500 546 500L542 330C550 232 510 150 400 150Z",
                hair,
            ) + path(
                "M470 168C532 200 546 260 542 330L546 500C524 500 508 470 508 430L504 322H482C492 270 486 212 470 168Z",
                dark,
            )
        case "wavy":
            grey = (
                line("M368 186C330 214 300 262 292 340", HAIRS["grey"][0], 16)
                if p.spec["hair"].get("detail")
                else ""
            )
            return (
                path(
                    "M388 170C300 160 250 226 258 330 250 390 262 420 262 450 288 420 282 350 300 310 336 290 376 240 390 206"
                    " 420 250 470 284 502 310 518 350 512 420 538 450 538 420 550 390 542 330 550 226 480 150 388 170Z",
                    hair,
                )
                + path(
                    "M468 176C540 210 548 270 542 330 550 390 538 420 538 450 512 420 518 350 502 310 500 262 490 214 468 176Z",
                    dark,
                )
                + grey
            )
        case "ponytail":
            return path(
                "M278 356C258 226 318 158 404 158 492 158 540 226 522 356L512 306C480 290 430 262 392 226 360 262 320 286 290 306Z",
                hair,
            ) + path(
                "M466 174C532 200 536 270 522 356L512 306C498 298 486 292 476 286 484 244 480 206 466 174Z",
                dark,
            )
        case "bun":
            return path(
                "M278 360C258 230 316 160 400 160S542 230 522 360L514 318C500 250 460 214 400 214S300 250 286 318Z",
                hair,
            ) + path(
                "M462 174C530 202 536 278 522 360L514 318C506 280 492 252 470 234 476 212 472 190 462 174Z",
                dark,
            )
        case "curls":
            return curls(
                hair,
                (
                    (296, 222, 52),
                    (346, 178, 56),
                    (404, 166, 58),
                    (462, 182, 54),
                    (508, 226, 50),
                    (330, 226, 42),
                    (470, 228, 40),
                    (400, 214, 44),
                    (284, 282, 34),
                    (516, 284, 34),
                ),
            ) + curls(dark, ((514, 222, 34), (526, 284, 26), (482, 178, 26), (478, 240, 22)))
        case "wreath":
            return path(
                "M288 296C254 300 246 352 262 396 266 416 280 424 290 418 284 370 286 330 296 300Z", hair
            ) + path(
                "M512 296C546 300 554 352 538 396 534 416 520 424 510 418 516 370 514 330 504 300Z", dark
            )
        case "bald":
            return shadow("M470 214C500 236 516 272 516 318 502 290 486 250 470 214Z", 0.1)
        case "cap":
            return (
                path(
                    "M270 306C262 200 320 150 400 150S538 200 530 306C490 286 310 286 270 306Z",
                    p.scheme.cloth,
                )
                + shadow("M462 162C520 190 534 250 530 306 510 296 490 292 470 290 482 246 478 200 462 162Z")
                + path(
                    "M256 304C300 268 500 268 544 304 570 318 574 344 548 346 500 316 316 314 264 350 238 346 234 320 256 304Z",
                    INK,
                )
            )
        case "headscarf":
            cloth = p.scheme.cloth
            return (
                path(
                    "M400 140C276 140 238 250 248 380 256 480 300 560 372 584L400 590 428 584C500 560 544 480 552 380 562 250 524 140 400 140Z"
                    "M400 218C474 218 508 270 504 348 502 440 462 518 400 520 338 518 298 440 296 348 292 270 326 218 400 218Z",
                    cloth,
                    ' fill-rule="evenodd"',
                )
                + shadow(
                    "M470 164C540 200 560 290 552 380 544 480 500 560 428 584L412 560C470 530 506 440 504 348 506 280 494 214 470 164Z"
                )
                + path(
                    "M262 470C290 556 400 572 556 500 562 580 588 660 628 706 520 760 300 752 172 700 214 640 244 560 262 470Z",
                    cloth,
                )
                + shadow("M556 500C562 580 588 660 628 706 580 732 526 740 470 742 512 690 536 610 538 514Z")
                + line("M292 590C350 664 450 674 540 612", INK, 3)
            )
        case _:
            return ""


# ── clothes ───────────────────────────────────────────────────────────────────


def vee(depth: float, fill: str, width: float = 74) -> str:
    return path(
        f"M{400 - width:g} 716 400 {depth:g} {400 + width:g} 716C440 744 360 744 {400 - width:g} 716Z", fill
    )


def buttons(x: float, ys: tuple[float, ...], r: float, fill: str) -> str:
    return "".join(dot(x, y, r, fill) for y in ys)


def lapels(fill: str, depth: float = 930) -> str:
    left = f"M318 712 400 {depth} 296 872 240 824 280 792 252 756Z"
    right = f"M482 712 400 {depth} 504 872 560 824 520 792 548 756Z"
    return path(left, fill) + path(right, fill) + shadow(left, 0.08) + shadow(right, 0.2)


def collar(fill: str) -> str:
    return (
        path("M326 706 400 768 344 826 288 734Z", fill)
        + path("M474 706 400 768 456 826 512 734Z", fill)
        + shadow("M474 706 400 768 456 826 512 734Z", 0.1)
    )


def torso(p: Person) -> str:  # noqa: C901  (one case per garment)
    s = p.scheme
    body = path(BODY, s.garment) + shadow(
        "M504 730C650 778 708 868 716 1000H560C570 900 560 800 504 730Z", 0.12
    )
    seam = line("M400 760V1000", s.detail, 4)
    match p.spec["clothing"]["garment"]:
        case "lange jas":
            return body + line("M452 790V1000", s.detail, 4) + buttons(416, (850, 922, 990), 17, s.detail)
        case "dikke jas":
            scarf = (
                path("M306 640C350 690 450 690 494 640L520 730C450 790 350 790 280 730Z", s.cloth)
                + path("M330 736 404 756 380 930 300 914Z", s.cloth)
                + shadow("M306 640C350 690 450 690 494 640L500 664C450 716 350 716 300 664Z", 0.2)
            )
            return body + seam + scarf
        case "werkjas":
            pocket = box(478, 836, 116, 96, s.garment) + line("M478 836H594V932H478Z", s.detail, 4)
            return body + vee(850, s.cloth) + collar(s.garment) + line("M400 850V1000", s.detail, 4) + pocket
        case "fanfarejas":
            braid = "".join(line(f"M318 {y}H482", s.cloth, 9, "butt") for y in (800, 846))
            return (
                body
                + path("M322 690C360 724 440 724 478 690L484 740C440 776 360 776 316 740Z", s.detail)
                + path("M120 838C150 790 200 762 252 748L262 786C206 800 166 826 136 870Z", s.cloth)
                + path("M680 838C650 790 600 762 548 748L538 786C594 800 634 826 664 870Z", s.cloth)
                + braid
                + buttons(318, (800, 846), 14, s.cloth)
                + buttons(482, (800, 846), 14, s.cloth)
            )
        case "shirt":
            stripes = (
                "M196 776Q400 850 604 776L646 806Q400 890 154 806Z",
                "M124 846Q400 936 676 846L692 892Q400 984 108 892Z",
                "M94 944Q400 1030 706 944L712 1000H88Z",
            )
            return (
                body
                + "".join(path(d, s.cloth) for d in stripes)
                + path("M318 712C340 790 460 790 482 712L500 728C480 820 320 820 300 728Z", s.detail)
            )
        case "blouse":
            return (
                body
                + vee(820, p.skin[0], 66)
                + collar(s.cloth)
                + line("M400 820V1000", s.detail, 4)
                + buttons(418, (880, 950), 8, s.detail)
            )
        case "colbert":
            return (
                body
                + vee(930, s.cloth, 84)
                + path("M326 706 400 770 352 824 300 730ZM474 706 400 770 448 824 500 730Z", s.cloth)
                + lapels(s.garment)
                + buttons(400, (965,), 13, s.detail)
            )
        case "capuchontrui":
            hood = path(
                "M262 700C280 620 520 620 538 700 580 740 520 820 400 826 280 820 220 740 262 700Z", s.garment
            )
            inner = path(
                "M316 690C340 650 460 650 484 690 490 740 450 772 400 776 350 772 310 740 316 690Z", s.cloth
            )
            return (
                body
                + hood
                + shadow(
                    "M262 700C250 760 320 822 400 826 480 822 550 760 538 700 580 740 520 850 400 850S220 740 262 700Z",
                    0.18,
                )
                + inner
            )
        case "wijde trui":
            return (
                body
                + path("M312 704C336 800 464 800 488 704L520 724C498 846 302 846 280 724Z", s.detail)
                + shadow("M230 1000C240 930 236 880 220 836L236 832C256 880 258 940 250 1000Z")
            )
        case "coltrui":
            return (
                body
                + path("M322 628C356 654 444 654 478 628L490 716C440 756 360 756 310 716Z", s.garment)
                + shadow("M478 628 490 716C460 740 430 746 400 746 436 716 450 680 450 646Z")
                + line("M316 684C360 710 440 710 484 684", INK, 3)
            )
        case "uniformjasje":
            knot = (
                path("M322 672C360 706 440 706 478 672L486 728C440 766 360 766 314 728Z", s.cloth)
                + path("M390 736 452 716 520 800 440 812Z", s.cloth)
                + shadow("M390 736 452 716 440 812Z", 0.2)
            )
            return (
                body
                + vee(900, PAPER if s.garment != PAPER else TINT, 80)
                + lapels(s.garment, 900)
                + knot
                + buttons(400, (940,), 13, s.detail)
            )
        case "vest":
            return (
                body
                + vee(860, s.cloth, 84)
                + path("M326 706 400 772 346 830 290 736ZM474 706 400 772 454 830 510 736Z", s.cloth)
                + shadow("M474 706 400 772 454 830 510 736Z", 0.12)
                + line("M316 716 400 866V1000M484 716 400 866", s.detail, 6)
            )
        case other:
            raise SystemExit(f"{p.slug}: no drawing for the garment '{other}'")


# ── hands and what they hold ──────────────────────────────────────────────────


def arm(p: Person, d: str) -> str:
    """A sleeve: one thick stroke with the edge of the paper beside it."""
    return line(d, INK, 124, "butt").replace("/>", ' stroke-opacity=".22"/>') + line(
        d, p.scheme.garment, 114, "butt"
    )


def fist(p: Person, x: float, y: float, turn: float = 0, flip: int = 1) -> str:
    light, shade, _ = p.skin
    return group(
        f"translate({x:g} {y:g}) rotate({turn:g}) scale({flip} 1)",
        path("M-58 -30C-54 -62 40 -66 56 -38 66 -10 60 34 36 46 0 56 -48 50 -58 22Z", light),
        line("M-4 -20H54M-4 4H56M-2 26H44", shade, 5),
        path("M-44 -40C-20 -66 8 -46 0 -18 -14 -6 -34 -10 -44 -40Z", light),
        line("M-40 -44C-18 -60 8 -44 -1 -17", shade, 5),
    )


def palm(p: Person, x: float, y: float) -> str:
    light, shade, _ = p.skin
    return group(
        f"translate({x:g} {y:g})",
        path(
            "M-120 20C-110 -22 -60 -34 0 -26 40 -44 92 -46 118 -30 126 -20 116 -10 96 -8 60 -4 44 8 30 22 -10 52 -90 62 -120 20Z",
            light,
        ),
        line("M36 -18Q70 -26 108 -22M30 22Q-20 46 -80 40", shade, 5),
    )


def envelope(x: float, y: float, turn: float, edge: str, window: bool = False) -> str:
    face_ = box(-112, 4, 96, 40, "#dfe6ea", 8) if window else line("M-150 -92 0 12 150 -92", edge, 6)
    return group(
        f"translate({x:g} {y:g}) rotate({turn:g})",
        box(-154, -98, 308, 196, edge, 4),
        box(-148, -92, 296, 184, "#fdfaf4"),
        face_,
    )


def wallpaper(p: Person) -> str:
    dots = "".join(dot(548, y, 17, BRAND) for y in (676, 730, 784, 838, 892, 946))
    grid = "".join(line(f"M{x} 640V1000", "#cfc3ac", 3) for x in (521, 575)) + "".join(
        line(f"M500 {y}H600", "#cfc3ac", 3) for y in range(703, 1000, 54)
    )
    roll = (
        box(600, 612, 96, 400, "#e2d5bd")
        + oval(648, 612, 48, 20, "#efe4d0")
        + line("M630 612A18 8 0 1 1 648 620A26 12 0 0 1 622 611", "#b9ae9a", 4)
    )
    return (
        shadow("M482 652 496 640V1000H482Z")
        + path("M490 640 604 630V1000H490Z", "#efe4d0")
        + grid
        + dots
        + roll
        + shadow("M672 618 696 612V1000H672Z", 0.12)
        + arm(p, "M694 1000C716 912 676 862 612 868")
        + fist(p, 556, 866, 184, -1)
    )


def bicycle(p: Person) -> str:
    spokes = "".join(
        line(f"M690 930L{x} {y}", INK, 3)
        for x, y in ((690, 740), (556, 796), (824, 796), (510, 930), (556, 1064))
    )
    wheel = (
        f'<circle cx="690" cy="930" r="184" fill="none" stroke="{INK}" stroke-width="20"/>'
        + spokes
        + dot(690, 930, 16, INK)
    )
    bars = (
        line("M690 930 634 650", p.scheme.detail if p.scheme.detail != PAPER else INK, 18)
        + line("M566 640C600 612 680 622 716 596 746 590 756 614 736 640", INK, 16)
        + line("M716 596C750 584 764 620 738 646", KRAFT, 22)
    )
    flask = group(
        "translate(676 706) rotate(8)",
        box(-32, -64, 64, 132, SECOND if p.scheme.ground != SECOND else BRAND, 12),
        box(-24, -92, 48, 34, "#fdfaf4", 6),
        box(-32, -8, 64, 12, INK),
    )
    return wheel + bars + flask + arm(p, "M612 1000C640 900 580 800 570 716") + fist(p, 572, 660, -80)


def plane(p: Person) -> str:
    wood = path("M214 872H586C604 872 612 886 612 902V950H196V896C196 880 202 872 214 872Z", WOOD) + path(
        "M196 924H612V950H196Z", WOOD_DARK
    )
    parts = (
        path("M262 872C256 820 286 796 318 806 312 830 330 850 336 872Z", WOOD_DARK)
        + dot(546, 846, 34, WOOD_DARK)
        + path("M402 872 440 792 472 798 448 872Z", "#8d8f90")
    )
    curl = line("M486 874C520 820 470 776 500 752 524 736 544 760 526 776", "#ecca96", 12)
    return (
        curl
        + wood
        + parts
        + arm(p, "M110 1000C120 900 180 872 236 856")
        + fist(p, 292, 826, -20)
        + arm(p, "M690 1000C690 900 640 870 590 846")
        + fist(p, 540, 820, 200, -1)
    )


def pencil(p: Person) -> str:
    return group(
        "translate(528 334) rotate(-62)",
        box(-70, -8, 124, 16, SECOND if p.scheme.halo != SECOND else BRAND),
        path("M54 -8 82 0 54 8Z", "#e8c9a0"),
        dot(79, 0, 4, INK),
    )


def drum(p: Person) -> str:
    shell = path("M214 862H586V1000H214Z", BRAND if p.scheme.garment != BRAND else SECOND) + line(
        "M226 890 284 990 342 890 400 990 458 890 516 990 574 890", PAPER, 6
    )
    head_ = oval(400, 862, 198, 50, INK) + oval(400, 854, 190, 44, "#fdfaf4")
    strap = line("M236 742 300 856M564 742 500 856", p.scheme.detail, 22, "butt")
    sticks = (
        line("M610 760 430 846", WOOD_DARK, 13)
        + dot(424, 849, 12, WOOD_DARK)
        + line("M640 720 470 842", WOOD, 13)
        + dot(464, 846, 12, WOOD)
    )
    return (
        strap
        + shell
        + head_
        + sticks
        + arm(p, "M652 1000C700 930 704 850 672 784")
        + fist(p, 646, 742, 112, -1)
    )


def stack(p: Person) -> str:
    pile = "".join(
        group(
            f"translate(400 {940 - i * 24}) rotate({turn})",
            box(-190, -14, 380, 28, KRAFT, 3),
            box(-184, -9, 368, 16, "#fdfaf4"),
        )
        for i, turn in enumerate((0, -2, 2, -1, 3, -2))
    )
    top = group(
        "translate(400 792) rotate(-2)",
        path("M-186 0H186L150 -54H-150Z", KRAFT),
        path("M-176 -5H176L144 -49H-144Z", "#fdfaf4"),
        line("M-144 -49 0 -18 144 -49", KRAFT, 5),
    )
    return (
        pile
        + top
        + arm(p, "M76 1000C84 940 120 920 168 914")
        + fist(p, 214, 900, -8)
        + arm(p, "M724 1000C716 940 680 920 632 914")
        + fist(p, 586, 900, 8, -1)
    )


def letter(p: Person) -> str:
    sheet = group(
        "translate(300 862) rotate(-7)",
        shadow("M-112 -116H132V184H-112Z", 0.22),
        box(-120, -128, 240, 300, "#fdfaf4"),
        box(-92, -98, 70, 18, BRAND),
        *(
            line(f"M-92 {y}H{x}", "#b9b1a5", 7, "butt")
            for y, x in ((-46, 92), (-18, 80), (10, 92), (38, 56), (78, 92), (106, 70))
        ),
    )
    pen = line("M520 800 604 900", INK, 15) + path("M520 800 500 778 528 794Z", INK)
    return (
        sheet
        + arm(p, "M76 1000C80 950 110 930 140 926")
        + fist(p, 186, 914, -6)
        + pen
        + arm(p, "M724 1000C722 960 700 930 668 914")
        + fist(p, 604, 870, 214, -1)
    )


def fan(p: Person) -> str:
    return "".join(
        envelope(x, y, turn, "#b9ae9a", True)
        for x, y, turn in ((258, 888, -24), (400, 860, -2), (540, 890, 21))
    ) + fist(p, 410, 976, 4, -1)


def chair(p: Person) -> str:
    cloth = SECOND if p.scheme.garment != SECOND else BRAND
    folded = group(
        "translate(592 800) rotate(14)",
        line("M-58 -260V260M62 -260V260", "#6f7477", 15),
        line("M-58 -40 62 200M62 -40 -58 200", "#6f7477", 13),
        path("M-46 -250H50L38 40C20 60 -20 60 -34 40Z", cloth),
        shadow("M50 -250 38 40C28 54 10 58 0 58L12 -250Z", 0.2),
        line("M-46 -204H48", PAPER, 9, "butt"),
    )
    return folded + arm(p, "M694 1000C716 916 684 856 624 852") + fist(p, 566, 850, 184, -1)


def hood_cords(p: Person) -> str:
    return line("M362 780C356 830 366 860 358 898M438 780C444 826 434 866 444 910", p.scheme.detail, 9)


def gym_bag(p: Person) -> str:
    bag = BRAND if p.scheme.garment != BRAND else SECOND
    return (
        line("M498 726C548 770 580 810 606 856M520 736C580 780 620 820 640 856", INK, 9)
        + path("M530 872C560 838 690 838 718 872 752 920 760 970 760 1000H494C494 970 500 920 530 872Z", bag)
        + path("M562 860C592 842 658 842 688 860L674 890C646 876 604 876 576 890Z", INK)
        + shadow("M718 872C752 920 760 970 760 1000H690C694 956 692 910 676 878Z", 0.18)
        + arm(p, "M128 1000C170 900 330 850 470 806")
        + fist(p, 532, 782, -24)
    )


def coffee(p: Person) -> str:
    return (
        oval(400, 952, 176, 30, "#e4dccd")
        + oval(400, 945, 168, 26, "#fdfaf4")
        + line("M470 862C530 850 536 912 466 914", "#fdfaf4", 17)
        + path("M314 826H486C486 892 462 938 436 946H364C338 938 314 892 314 826Z", "#fdfaf4")
        + shadow("M452 826H486C486 892 462 938 436 946H410C440 916 452 870 452 826Z", 0.12)
        + oval(400, 826, 86, 20, "#e4dccd")
        + oval(400, 829, 72, 14, "#5a3522")
        + line(
            "M376 790C362 764 392 752 378 724M420 794C406 770 436 756 424 732",
            PAPER if p.scheme.garment != PAPER else INK,
            7,
        )
        + arm(p, "M84 1000C90 966 150 962 196 964")
        + fist(p, 250, 950, -4)
        + arm(p, "M716 1000C706 930 640 900 590 902")
        + fist(p, 534, 890, 8, -1)
    )


def key(x: float, y: float, turn: float, size: float, colour: str) -> str:
    return group(
        f"translate({x:g} {y:g}) rotate({turn:g}) scale({size:g})",
        f'<circle cx="0" cy="0" r="19" fill="none" stroke="{colour}" stroke-width="11"/>',
        line("M0 22V98M0 74H22M0 94H18", colour, 11, "butt"),
    )


def keys(p: Person) -> str:
    metal = "#fdfaf4" if p.scheme.garment == INK else "#6b6f72"
    ring = f'<circle cx="404" cy="880" r="38" fill="none" stroke="{metal}" stroke-width="9"/>'
    return (
        ring
        + key(376, 906, 24, 0.95, "#d9a536")
        + key(404, 918, -4, 1, metal)
        + key(434, 906, -30, 0.95, "#d9a536")
        + arm(p, "M100 1000C110 930 180 880 280 862")
        + fist(p, 358, 846, -8)
    )


def small_key(p: Person) -> str:
    string = BRAND if p.scheme.garment != BRAND else SECOND
    return (
        line("M366 906C330 960 380 990 350 1000", string, 7)
        + arm(p, "M112 1000C128 950 180 938 268 944")
        + palm(p, 398, 930)
        + line("M366 906C350 924 340 944 346 962", string, 7)
        + key(372, 902, -78, 0.9, "#7a5a1c")
    )


def watering_can(p: Person) -> str:
    zinc, dark = "#8fa9a0", "#64817a"
    return (
        line("M508 852C560 830 570 790 612 748", zinc, 30, "butt")
        + path("M588 722 650 690 668 780 612 778Z", dark)
        + line("M330 800C330 716 470 716 470 800", dark, 18)
        + path("M296 800H504L524 980H276Z", zinc)
        + shadow("M446 800H504L524 980H452Z", 0.14)
        + oval(400, 800, 104, 18, dark)
        + line("M290 866H510", dark, 7, "butt")
        + arm(p, "M96 1000C106 930 150 902 206 900")
        + fist(p, 262, 894, -8)
        + arm(p, "M704 1000C698 944 650 916 592 916")
        + fist(p, 538, 904, 8, -1)
    )


def soup(p: Person) -> str:
    steel, dark = "#9aa3a8", "#6b6f72"
    return (
        line("M452 820C486 760 508 700 560 640", dark, 15)
        + line("M552 652C566 632 590 632 596 652", dark, 13)
        + path("M268 824H532C532 912 478 962 434 968H366C322 962 268 912 268 824Z", "#fdfaf4")
        + shadow("M490 824H532C532 912 478 962 434 968H404C452 940 484 888 490 824Z", 0.12)
        + line("M284 872Q400 906 516 872", BRAND if p.scheme.garment != BRAND else SECOND, 13, "butt")
        + oval(400, 824, 132, 28, "#e4dccd")
        + oval(400, 828, 114, 20, "#c8742c")
        + "".join(oval(x, y, 13, 6, "#e9b44c") for x, y in ((352, 826), (398, 836), (372, 818)))
        + path("M428 812C438 842 482 842 484 808Z", steel)
        + line(
            "M340 782C326 754 356 744 342 716M392 770C378 742 408 732 394 704",
            PAPER if p.scheme.garment != PAPER else INK,
            7,
        )
        + arm(p, "M84 1000C90 956 130 936 176 930")
        + fist(p, 232, 914, -10)
        + arm(p, "M716 1000C710 956 670 936 624 930")
        + fist(p, 568, 914, 10, -1)
    )


OBJECTS: dict[str, Callable[[Person], str]] = {
    "rol behang": wallpaper,
    "fiets": bicycle,
    "houten schaaf": plane,
    "kleine trom": drum,
    "enveloppen": lambda p: fan(p) if "waaier" in p.spec["object"]["detail"] else stack(p),
    "brief": letter,
    "campingstoel": chair,
    "gymtas": gym_bag,
    "koffiekop": coffee,
    "sleutels": keys,
    "sleutel": small_key,
    "gieter": watering_can,
    "soepkom": soup,
}


def earrings(p: Person) -> str:
    extra = str(p.spec.get("extra", ""))
    if "oorringen" in extra:
        colour = "#d9a536"
        return "".join(
            f'<circle cx="{x}" cy="444" r="32" fill="none" stroke="{colour}" stroke-width="9"/>'
            for x in (276, 524)
        )
    return dot(281, 424, 9, "#d9a536") + dot(519, 424, 9, "#d9a536") if "oorbellen" in extra else ""


# ── the whole ─────────────────────────────────────────────────────────────────


def draw(p: Person) -> str:
    tilt = 4 if p.says("schuin", "gedraaid", "losjes") else -3 if p.says("opzij", "stil") else 0
    placed = f"translate(400 598) rotate({tilt}) scale(1.16) translate(-400 -536)"
    head = "".join((face(p), beard(p), hair_front(p), glasses(p), earrings(p)))
    if "potlood" in p.spec["object"].get("detail", "") and "oor" in p.spec["object"]["detail"]:
        head += pencil(p)
    over = hood_cords(p) if p.spec["clothing"]["garment"] == "capuchontrui" else ""
    scarfed = p.style == "headscarf"
    parts = (
        ground(p),
        group(placed, hair_back(p)),
        torso(p) if scarfed else "",
        neck(p),
        "" if scarfed else torso(p),
        group(placed, head),
        over,
        OBJECTS[p.spec["object"]["name"]](p),
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 1000">{"".join(parts)}</svg>\n'


def people(specs: dict[str, dict[str, Any]]) -> list[Person]:
    """Give each entry a scheme and a shape in turn, so that no two neighbours look alike."""
    shapes, jaws = tuple(HALOS), tuple(JAWS)
    light = dark = 0
    result = []
    for number, (slug, spec) in enumerate(specs.items()):
        if spec["hair"].get("colour") in ("white", "grey", "blond", "red"):
            scheme, light = LIGHT_HEADS[light % len(LIGHT_HEADS)], light + 1
        else:
            scheme, dark = DARK_HEADS[dark % len(DARK_HEADS)], dark + 1
        jaw = "square" if spec.get("beard", "none") != "none" else jaws[number % len(jaws)]
        result.append(Person(slug, spec, scheme, shapes[number % len(shapes)], jaw))
    return result


def main(project: Path) -> None:
    specs = yaml.safe_load((HERE / "portraits.yaml").read_text(encoding="utf-8"))
    for person in people(specs):
        layer = project / "brands" / person.spec["brand"] if "brand" in person.spec else project
        file = layer / "content" / person.spec.get("section", "verhalen") / f"{person.slug}.svg"
        file.write_text(draw(person), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
