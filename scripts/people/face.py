"""The head from the front, as it is turned: outline, eyes, nose, mouth, and what the years wrote."""

from __future__ import annotations

from cut_paper import dot, group, line, oval, path, shadow

from people.person import Person

DARK = "#231b18"
WHITE = "#fbf8f2"

# The shade lies on the right.
JAWS = {
    "oval": "M283 340C281 240 334 196 400 196C466 196 519 240 517 340C516 446 462 536 400 536C338 536 284 446 283 340Z",
    "square": "M282 336C280 238 332 196 400 196C468 196 520 238 518 336L512 436C504 496 450 538 400 538C350 538 296 496 288 436Z",
    "round": "M276 348C274 244 328 198 400 198C472 198 526 244 524 348C522 452 466 534 400 534C334 534 278 452 276 348Z",
}
SHADES = {
    "oval": "M458 212C500 238 518 284 517 340C516 446 462 536 400 536C452 490 484 420 480 336C478 284 470 246 458 212Z",
    "square": "M458 212C500 236 520 280 518 336L512 436C504 496 450 538 400 538C456 500 484 424 480 336C478 284 470 244 458 212Z",
    "round": "M460 212C504 240 525 290 524 348C522 452 466 534 400 534C456 490 488 420 484 336C482 284 472 246 460 212Z",
}


def neck(p: Person) -> str:
    """Darker than the face as a whole: it lies in the shade of the chin, and is told apart from a white collar."""
    dx = 10 * p.turn
    under = f"M334 540C358 {612 + dx:g} 434 {626 + dx:g} 466 558V652C420 650 364 620 334 584Z"
    column = "M334 500V640C334 676 290 690 262 700L400 744L538 700C510 690 466 676 466 640V500Z"
    return path(column, p.skin[1]) + shadow(p.lit(under), 0.12)


def face(p: Person) -> str:
    light, shade, _ = p.skin
    jaw = p.spec.get("jaw", "oval")
    return "".join(
        (
            ears(p),
            path(p.head(JAWS[jaw]), light),
            path(p.head(p.lit(SHADES[jaw])), shade),
            cheeks(p),
            age(p),
            eyes(p),
            nose(p),
            mouth(p),
        )
    )


def ears(p: Person) -> str:
    """The far one goes out of sight when the head turns."""
    if p.style in ("headscarf", "bob", "wavy"):
        return ""
    light, shade, _ = p.skin
    near, far = (shade, light) if p.is_lit_from_the_right else (light, shade)
    ear = oval(281 + 12 * p.turn, 384, 22, 37, near) + line(
        f"M{272 + 12 * p.turn:g} 366C{286 + 12 * p.turn:g} 358 {290 + 12 * p.turn:g} 384 {282 + 12 * p.turn:g} 398",
        shade,
        4,
    )
    return ear + (oval(519 - 14 * p.turn, 384, 22, 37, far) if p.turn < 1 else "")


def over_ear(p: Person) -> str:
    """The near ear lies on the head when it turns, and hair lies behind it."""
    if p.turn < 1 or p.style in ("headscarf", "bob", "wavy", "cap"):
        return ""
    light, shade, _ = p.skin
    colour, inner = (shade, light) if p.is_lit_from_the_right else (light, shade)
    return oval(306, 386, 21, 37, colour) + line(
        "M300 368C314 360 318 386 308 402", inner if inner != light else p.skin[2], 4
    )


def cheeks(p: Person) -> str:
    if p.expression not in ("smile", "grin", "laugh", "speaking", "wry"):
        return ""
    far, near = p.head("M460 430"), p.head("M340 430")
    return "".join(
        group(
            "translate(" + at[1:] + ")",
            f'<ellipse rx="{rx:g}" ry="20" fill="{p.skin[2]}" fill-opacity=".14"/>',
        )
        for at, rx in ((far, 30 - 10 * p.turn), (near, 32))
    )


# ── eyes ──────────────────────────────────────────────────────────────────────


def eyes(p: Person) -> str:
    return "".join(eye(p, side) + brow(p, side) for side in (-1, 1))


def eye(p: Person, side: int) -> str:
    """``side`` is -1 for the near eye, 1 for the far one, which is narrower when the head turns."""
    shade = p.skin[1]
    look, lift = p.spec["pose"].get("gaze", [0, 0])
    match p.expression:
        case "laugh":
            parts = line("M-27 8Q0 -19 27 8", DARK, 7) + line("M-22 20Q0 12 22 20", shade, 4)
        case "quiet":
            white = "M-27 2C-18 -9 18 -9 27 2C16 15 -16 15 -27 2Z"
            parts = _ball(white, look, lift + 3, 11.5) + line("M-29 3Q0 -14 29 3", DARK, 6.5)
        case "smile" | "grin" | "gruff" | "wry":
            white = "M-27 2C-18 -15 18 -15 27 2C16 11 -16 11 -27 2Z"
            parts = (
                _ball(white, look, lift - 2, 11.5)
                + line("M-22 11Q0 5 22 11", shade, 4.5)
                + line("M-29 2Q0 -22 29 2", DARK, 6)
            )
        case _:
            white = "M-27 1C-18 -18 18 -18 27 1C18 18 -18 18 -27 1Z"
            parts = _ball(white, look, lift, 12.5) + line("M-29 1Q0 -26 29 1", DARK, 6)
    if p.expression != "laugh":
        parts += line("M-22 -19Q0 -31 22 -19", shade, 3.5)
    wide = 1 - 0.24 * p.turn if side > 0 else 1 + 0.02 * p.turn
    at = p.head(f"M{400 + side * 57} 378")
    return group(f"translate({at[1:]}) scale({wide:g} 1)", parts)


def _ball(white: str, look: float, lift: float, iris: float) -> str:
    return path(white, WHITE) + dot(look, lift, iris, DARK) + dot(look - 4, lift - 5, 3.5, WHITE)


# Height above the eye of the inner end, the middle and the outer end of each brow.
BROWS = {
    "smile": (38, 56, 36),
    "grin": (40, 60, 38),
    "laugh": (42, 62, 42),
    "speaking": (44, 62, 40),
    "wry": (36, 52, 36),
    "quiet": (46, 46, 28),
    "gruff": (30, 46, 40),
}


def brow(p: Person, side: int) -> str:
    hair = {"bald": "#221815", "headscarf": "#2a1d16", "cap": p.hair[1], "wreath": p.hair[1]}.get(
        p.style, p.hair[0]
    )
    if p.style == "bald" and p.beard:
        hair = p.beard[1]
    if p.spec["hair"].get("colour") in ("grey", "white", "blond", "red"):
        hair = p.hair[1]
    inner, middle, outer = BROWS[p.expression]
    if p.expression in ("wry", "speaking") and side > 0:
        inner, middle, outer = inner + 9, middle + 12, outer + 6
    x = 400 + side * 57
    i, o = x - side * 32, x + side * 36
    thick = 12 if p.beard or p.spec.get("brows") == "heavy" else 9
    d = (
        f"M{i} {378 - inner - thick / 2}Q{x} {378 - middle - thick} {o} {378 - outer}"
        f"Q{x} {378 - middle + thick * 0.6} {i} {378 - inner + thick / 2}Z"
    )
    return path(p.head(d), hair)


# ── nose and mouth ────────────────────────────────────────────────────────────


def nose(p: Person) -> str:
    _, shade, lips = p.skin
    out = 16 * p.turn
    if p.is_lit_from_the_right:
        plane = (
            f"M397 350L{393 + out:g} 430C{383 + out:g} 446 {364 + out * 0.6:g} 444 {360 + out * 0.5:g} 431"
            f"C{376 + out * 0.3:g} 412 388 384 389 350Z"
        )
    else:
        plane = (
            f"M403 350L{407 + out * 1.5:g} 430C{417 + out * 1.5:g} 446 {436 + out * 0.5:g} 444 {440 + out * 0.4:g} 431"
            f"C{424 + out * 0.4:g} 412 412 384 411 350Z"
        )
    base = f"M{375 + out * 0.6:g} 436C{384 + out:g} 448 {416 + out * 1.3:g} 449 {425 + out:g} 436"
    return path(p.head(plane), shade) + line(p.head(base), lips, 5)


def mouth(p: Person) -> str:
    _, shade, lips = p.skin
    inside = "#4a1d1a" if p.spec["skin"] < 5 else "#32120f"
    match p.expression:
        case "laugh":
            shape = "M342 462Q400 480 458 462Q452 528 400 530Q348 528 342 462Z"
            teeth = "M350 465Q400 482 450 465L447 482Q400 500 353 482Z"
            return (
                path(p.head(shape), inside)
                + path(p.head(teeth), WHITE)
                + path(p.head("M372 520Q400 500 428 520Q400 532 372 520Z"), "#b9574e")
                + _folds(p, 334, 436, 324, 470)
            )
        case "speaking":
            shape = "M358 470Q380 460 400 464Q420 460 442 470Q438 508 400 510Q362 508 358 470Z"
            return (
                path(p.head(shape), inside)
                + path(p.head("M366 470Q400 462 434 470L430 480Q400 486 370 480Z"), WHITE)
                + line(p.head("M360 472Q382 461 400 465Q418 461 440 472"), lips, 7)
                + line(p.head("M370 506Q400 518 430 506"), lips, 8)
            )
        case "smile":
            return (
                path(
                    p.head("M352 472Q380 472 400 477Q420 472 448 472Q432 510 400 511Q368 510 352 472Z"), lips
                )
                + line(p.head("M346 469Q400 501 454 469"), DARK, 5)
                + _folds(p, 338, 440, 330, 466)
            )
        case "grin":
            return (
                path(
                    p.head("M350 472Q378 470 400 476Q422 470 450 472Q440 508 400 510Q360 508 350 472Z"), lips
                )
                + path(p.head("M356 476Q400 490 444 476Q428 494 400 495Q372 494 356 476Z"), WHITE)
                + line(p.head("M346 468L354 474M454 468L446 474"), shade, 5)
                + _folds(p, 338, 440, 330, 468)
            )
        case "wry":
            return (
                path(
                    p.head("M360 478Q384 471 402 476Q424 471 444 468Q432 498 402 500Q376 499 360 478Z"), lips
                )
                + line(p.head("M356 476Q404 490 447 465"), DARK, 5)
                + _folds(p, 342, 446, 338, 464)
            )
        case "gruff":
            return (
                line(p.head("M356 476Q400 488 446 470"), lips, 9)
                + line(p.head("M378 502Q402 510 424 500"), shade, 6)
                + _folds(p, 346, 442, 338, 462)
            )
        case _:
            return path(
                p.head("M366 481Q388 471 400 475Q412 471 434 481Q418 503 400 503Q382 503 366 481Z"), lips
            ) + line(p.head("M361 479Q400 491 439 479"), DARK, 4.5)


def _folds(p: Person, x: float, y: float, out: float, low: float) -> str:
    """The lines from the nose to the corners of a mouth that moves."""
    if p.age < 30 or p.beard:
        return ""
    shade = p.skin[1]
    near = f"M{x + 12} {y}Q{out} {(y + low) / 2} {out} {low}"
    far = f"M{788 - x} {y}Q{800 - out} {(y + low) / 2} {800 - out} {low}"
    return line(p.head(near), shade, 5) + line(p.head(far), shade, 5)


def age(p: Person) -> str:
    _, shade, _ = p.skin
    strokes: list[str] = []
    if p.age >= 45:
        strokes += ["M318 372L306 366M320 386L306 388", "M482 372L494 366M480 386L494 388"]
    if p.age >= 54:
        strokes += ["M326 404Q346 416 366 408", "M434 408Q454 416 474 404"]
    if p.age >= 70:
        strokes += ["M344 270Q400 258 456 270", "M352 296Q400 286 448 296"]
    return "".join(line(p.head(d), shade, 4.5) for d in strokes)


# ── beard and glasses ─────────────────────────────────────────────────────────

FULL = (
    "M280 372C292 420 306 438 336 446C366 428 434 428 464 446C494 438 508 420 520 372"
    "C526 480 500 606 400 618C300 606 274 480 280 372Z"
)
FULL_SHADE = "M520 372C526 480 500 606 400 618C452 580 490 500 488 436C502 420 512 404 520 372Z"
SHORT = (
    "M283 388C296 430 312 450 344 458C372 440 428 440 456 458C488 450 504 430 517 388"
    "C520 470 484 550 400 552C316 550 280 470 283 388Z"
)
SHORT_SHADE = "M517 388C520 470 484 550 400 552C448 520 482 480 486 440C500 430 510 414 517 388Z"


def beard(p: Person) -> str:
    if p.beard is None:
        return ""
    hair, dark = p.beard
    shape, shade = (FULL, FULL_SHADE) if p.spec["beard"] == "full" else (SHORT, SHORT_SHADE)
    gap = "M346 472Q372 456 400 460Q428 456 454 472Q446 516 400 518Q354 516 346 472Z"
    cut = path(p.head(shape), hair) + path(p.head(p.lit(shade)), dark) + path(p.head(gap), p.skin[0])
    return cut + nose(p) + mouth(p)


def glasses(p: Person) -> str:
    if not p.spec["glasses"]:
        return ""
    rim = "#f6efe2" if p.spec["skin"] == 6 else "#2a2422"
    parts = []
    for side in (-1, 1):
        wide = 1 - 0.2 * p.turn if side > 0 else 1
        at = p.head(f"M{400 + side * 57} 378")
        parts.append(
            group(
                f"translate({at[1:]}) scale({wide:g} 1)",
                f'<rect x="-44" y="-35" width="88" height="70" rx="28" fill="none" stroke="{rim}" stroke-width="8"/>',
            )
        )
    bridge = line(p.head("M387 368Q400 358 413 368"), rim, 8)
    arms = line(p.head("M299 368L276 360"), rim, 8) + (
        line(p.head("M501 368L518 360"), rim, 8) if p.turn < 1 else ""
    )
    return "".join(parts) + bridge + arms
