"""Hair, cap and headscarf: what falls behind the shoulders, and what lies over the face."""

from __future__ import annotations

from cut_paper import INK, dot, line, path, shadow

from people.person import HAIRS, Person
from people.turning import mapped, mirrored

Spot = tuple[int, int, int]


def hair_back(p: Person) -> str:
    """What is seen behind head and neck."""
    hair, dark = p.hair
    match p.style:
        case "bob":
            return path(
                "M400 150C262 150 236 270 240 400L232 530C300 556 500 556 568 530L560 400C564 270 538 150 400 150Z",
                dark,
            )
        case "wavy":
            return path(
                "M400 148C270 148 232 250 244 344C210 400 252 440 222 500C200 570 236 626 300 640H500"
                "C564 626 600 570 578 500C548 440 590 400 556 344C568 250 530 148 400 148Z",
                dark,
            )
        case "ponytail":
            tail = "M500 226C606 226 640 330 612 430C600 490 622 540 590 628C562 566 556 480 548 420C540 350 524 300 496 290Z"
            return back_of_head(p) + path(mirrored(tail), dark)
        case "bun":
            return (
                back_of_head(p)
                + dot(398 - 20 * p.turn, 138, 68, hair)
                + path(p.lit("M430 78C482 104 482 176 428 198C452 168 454 112 430 78Z"), dark)
            )
        case "curls":
            return back_of_head(p) + curls(
                hair,
                (
                    (276, 262, 62),
                    (524 - int(12 * p.turn), 262, 60),
                    (270, 326, 46),
                    (530 - int(16 * p.turn), 330, 40),
                ),
            )
        case "headscarf":
            return path(
                "M400 138C262 138 226 262 232 384C238 520 214 590 190 664L610 664C588 590 562 520 568 384C574 262 538 138 400 138Z",
                p.colour("cloth"),
            )
        case "wreath":
            tuft = "M320 300C262 270 228 330 250 372C232 408 256 446 292 440C306 448 316 440 320 430Z"
            far = path(mirrored(tuft), dark) if p.turn < 1 else ""
            return path(tuft, hair) + far
        case "bald":
            return ""
        case _:
            return back_of_head(p)


def back_of_head(p: Person) -> str:
    """A head that turns shows more of its back."""
    if not p.turn:
        return ""
    near = 278 - 22 * p.turn
    return path(
        f"M400 170C300 166 {near:g} 232 {near:g} 330C{near:g} 372 276 404 300 414L400 300Z", p.hair[1]
    )


def curls(colour: str, spots: tuple[Spot, ...]) -> str:
    return "".join(dot(x, y, r, colour) for x, y, r in spots)


SHORT = (
    "M270 384C246 232 312 156 404 156C498 156 556 232 530 384L514 322C500 282 478 262 452 248C420 276 350 276 318 258C300 280 288 310 284 332Z",
    "M462 172C534 192 550 270 530 384L514 322C504 286 490 268 470 256C478 226 474 198 462 172Z",
)
PARTED = (
    "M274 366C250 232 310 154 416 156C510 156 550 236 526 366L512 306C486 268 430 260 360 232C334 268 302 288 288 314Z",
    "M466 172C536 196 544 270 526 366L512 306C502 274 488 264 470 258C480 230 480 204 466 172Z",
)
BOB = (
    "M400 150C290 150 250 232 258 330L250 520C276 524 294 480 294 430L297 330C340 318 460 318 503 330L506 430C506 480 524 524 550 520L542 330C550 232 510 150 400 150Z",
    "M470 168C532 200 546 260 542 330L550 520C524 524 506 480 506 430L503 330C496 326 490 324 482 323C492 270 486 212 470 168Z",
)
SWEPT = (
    "M400 150C290 150 250 232 258 330L250 520C276 524 292 480 292 430L294 340C340 320 380 276 402 226C430 280 470 312 506 336L506 430C506 480 524 524 550 520L542 330C550 232 510 150 400 150Z",
    "M470 168C532 200 546 260 542 330L550 520C524 524 506 480 506 430L506 336C498 331 490 326 482 320C492 270 486 212 470 168Z",
)
WAVY = (
    "M388 166C300 156 250 226 258 330C250 390 262 420 258 456C288 424 282 350 300 310C336 290 376 240 390 206C420 250 470 284 502 310C518 350 512 424 542 456C538 420 550 390 542 330C550 226 480 146 388 166Z",
    "M468 172C540 210 548 270 542 330C550 390 538 420 542 456C512 424 518 350 502 310C500 262 490 214 468 172Z",
)
PULLED = (
    "M278 356C258 226 318 156 404 156C492 156 540 226 522 356L512 306C480 290 430 262 392 226C360 262 320 286 290 306Z",
    "M466 172C532 200 536 270 522 356L512 306C498 298 486 292 476 286C484 244 480 206 466 172Z",
)
BUN = (
    "M278 360C258 230 316 158 400 158C484 158 542 230 522 360L514 318C500 250 460 214 400 214C340 214 300 250 286 318Z",
    "M462 172C530 202 536 278 522 360L514 318C506 280 492 252 470 234C476 212 472 190 462 172Z",
)
CURLS: tuple[Spot, ...] = (
    *((296, 222, 52), (346, 178, 56), (404, 166, 58), (462, 182, 54), (508, 226, 50)),
    *((330, 226, 42), (386, 214, 44), (444, 222, 40)),
)
CAP = (
    "M270 306C262 200 320 146 400 146C480 146 538 200 530 306C490 286 310 286 270 306Z",
    "M462 158C520 190 534 250 530 306C510 296 490 292 470 290C482 246 478 200 462 158Z",
    "M262 300C300 268 500 268 538 300C566 316 574 346 548 348C500 318 316 316 264 350C238 346 240 318 262 300Z",
)

# The scarf leaves the face free; the edge of the under-scarf shows round it.
SCARF = (
    "M400 136C276 136 236 250 246 380C254 480 300 570 372 594L400 600L428 594C500 570 546 480 554 380C564 250 524 136 400 136Z"
    "M400 222C472 222 506 274 502 348C500 446 462 540 400 542C338 540 300 446 298 348C294 274 328 222 400 222Z"
)
EDGE = (
    "M400 206C484 206 522 270 518 350C514 456 472 556 400 558C328 556 286 456 282 350C278 270 316 206 400 206Z"
    "M400 227C468 227 499 278 496 350C493 444 457 536 400 538C343 536 307 444 304 350C301 278 332 227 400 227Z"
)
SCARF_SHADE = "M470 160C542 200 562 290 554 380C546 480 500 570 428 594L412 566C474 530 504 440 502 348C504 286 494 214 470 160Z"
DRAPE = "M258 470C288 560 400 576 560 500C564 576 580 624 604 666C520 732 300 724 188 660C216 616 240 556 258 470Z"
DRAPE_SHADE = "M560 500C564 576 580 624 604 666C566 700 520 714 470 714C514 676 538 606 540 512Z"

FRONTS = {
    "wavy": WAVY,
    "ponytail": PULLED,
    "bun": BUN,
}


def hair_front(p: Person) -> str:
    hair, dark = p.hair
    match p.style:
        case "curls":
            return _curly(p)
        case "wreath":
            return path(
                "M284 318C292 288 330 290 334 318C344 334 330 352 318 348C306 352 290 372 284 396C270 372 272 340 284 318Z",
                hair,
            )
        case "bald":
            return shadow(p.head(p.lit("M470 214C500 236 516 272 516 318C502 290 486 250 470 214Z")), 0.1)
        case "cap":
            crown, shade, peak = CAP
            band = path(
                p.head("M272 326C300 296 500 296 528 326L526 350C490 322 310 322 276 352Z"), p.hair[1]
            )
            return (
                band
                + path(p.head(crown), p.colour("cloth"))
                + shadow(p.head(p.lit(shade)))
                + path(_peak(p, peak), INK)
            )
        case "headscarf":
            return _scarf(p)
        case "short":
            front = PARTED if p.spec["hair"].get("parting") else SHORT
        case "bob":
            front = BOB if p.spec["hair"].get("fringe") else SWEPT
        case style:
            front = FRONTS[style]
    lock = ""
    if p.spec["hair"].get("lock"):
        lock = line(p.head(p.lit("M372 182C334 210 302 262 292 350")), HAIRS["grey"][0], 17)
    whole, shade = (p.head(p.lit(d)) for d in front)
    return shadow(p.head(p.lit(_below(front[0]))), 0.14) + path(whole, hair) + path(shade, dark) + lock


def _below(d: str) -> str:
    """The same outline a little lower: the shadow of hair on the forehead."""
    return mapped(d, lambda x, y: (400 + (x - 400) * 0.94, y + 10))


def _peak(p: Person, peak: str) -> str:
    return mapped(p.head(peak), lambda x, y: (x + 22 * p.turn, y))


def _curly(p: Person) -> str:
    hair, dark = p.hair
    parts = []
    for x, y, r in CURLS:
        at = p.head(f"M{x} {y}")[1:].split()
        shaded = (x > 450) != p.is_lit_from_the_right and (x > 450 or x < 350)
        parts.append(dot(float(at[0]), float(at[1]), r, dark if shaded and x not in (330, 444) else hair))
    return "".join(parts)


def _scarf(p: Person) -> str:
    cloth = p.colour("cloth")
    rule = ' fill-rule="evenodd"'
    return (
        path(p.head(EDGE), p.colour("detail"), rule)
        + path(p.head(SCARF), cloth, rule)
        + shadow(p.head(p.lit(SCARF_SHADE)))
        + path(p.lit(DRAPE), cloth)
        + shadow(p.lit(DRAPE_SHADE))
    )
