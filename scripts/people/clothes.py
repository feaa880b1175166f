"""The chest and what is worn on it."""

from __future__ import annotations

from cut_paper import INK, box, dot, group, line, path, shadow, sheet

from people.person import Person

BODY = "M84 1100C90 868 150 782 296 730C330 722 346 770 400 770C454 770 470 722 504 730C650 782 710 868 716 1100Z"
BODY_SHADE = "M504 730C650 782 710 868 716 1100H572C584 930 572 800 504 730Z"


def torso(p: Person) -> str:
    """Body and garment. It is drawn a little too low, and lifted as a whole."""
    body = path(p.body(BODY), p.colour("garment")) + shadow(p.body(p.lit(BODY_SHADE)), 0.13)
    worn = GARMENTS[p.spec["clothing"]["garment"]](p)
    return group(f"translate(400 -78) scale({p.build:g} 1) translate(-400 0)", body, worn)


def vee(p: Person, depth: float, fill: str, width: float = 74) -> str:
    d = f"M{400 - width:g} 716L400 {depth:g}L{400 + width:g} 716C440 744 360 744 {400 - width:g} 716Z"
    return path(p.body(d), fill)


def buttons(p: Person, x: float, ys: tuple[float, ...], r: float, fill: str) -> str:
    x += 26 * p.turn
    return "".join(dot(x, y, r, fill) for y in ys)


def lapels(p: Person, fill: str, depth: float = 930) -> str:
    left = p.body(f"M318 708L400 {depth}L296 872L240 824L280 792L252 752Z")
    right = p.body(f"M482 708L400 {depth}L504 872L560 824L520 792L548 752Z")
    dark, light = (left, right) if p.is_lit_from_the_right else (right, left)
    return sheet(left, fill, (3, 8)) + sheet(right, fill, (-3, 8)) + shadow(light, 0.06) + shadow(dark, 0.18)


def collar(p: Person, fill: str) -> str:
    left, right = p.body("M322 696L402 772L344 834L276 730Z"), p.body("M478 696L398 772L456 834L524 730Z")
    return (
        sheet(left, fill, (2, 8))
        + sheet(right, fill, (-2, 8))
        + shadow(left if p.is_lit_from_the_right else right, 0.1)
    )


def _coat(p: Person) -> str:
    detail = p.colour("detail")
    return (
        sheet(p.body("M300 724L400 850L340 900L236 760Z"), p.colour("garment"), (4, 9))
        + sheet(p.body("M500 724L400 850L460 900L564 760Z"), p.colour("garment"), (-4, 9))
        + line(p.body("M400 850V1100"), detail, 4)
        + buttons(p, 432, (930, 1000), 17, detail)
    )


def _padded(p: Person) -> str:
    seams = "".join(line(p.body(f"M150 {y}Q400 {y + 50} 650 {y}"), INK, 3) for y in (850, 950))
    scarf = (
        sheet(p.body("M300 640C350 700 450 700 500 640L530 736C450 800 350 800 270 736Z"), p.colour("cloth"))
        + sheet(p.body("M326 756L408 772L392 950L306 936Z"), p.colour("cloth"), (7, 9))
        + "".join(
            line(p.body(d), p.colour("detail"), 9, "butt") for d in ("M310 900L394 912", "M314 868L397 880")
        )
        + shadow(p.body("M300 640C350 700 450 700 500 640L506 664C450 722 350 722 294 664Z"), 0.2)
    )
    return line(p.body("M400 760V1100"), INK, 4) + seams + scarf


def _work_jacket(p: Person) -> str:
    garment, detail = p.colour("garment"), p.colour("detail")
    pocket = sheet(p.body("M478 850H598V960H478Z"), garment, (4, 6)) + line(p.body("M478 874H598"), detail, 4)
    return (
        vee(p, 850, p.colour("cloth"))
        + collar(p, garment)
        + line(p.body("M400 850V1100"), detail, 4)
        + pocket
    )


def _band_uniform(p: Person) -> str:
    cloth = p.colour("cloth")
    rows = (806, 856, 906)
    return (
        path(p.body("M322 684C360 722 440 722 478 684L486 742C440 778 360 778 314 742Z"), p.colour("detail"))
        + path(p.body("M110 868C140 800 190 768 252 750L262 786C206 800 160 840 130 902Z"), cloth)
        + path(p.body("M690 868C660 800 610 768 548 750L538 786C594 800 640 840 670 902Z"), cloth)
        + "".join(line(p.body(f"M322 {y}H478"), cloth, 9, "butt") for y in rows)
        + buttons(p, 318, rows, 14, cloth)
        + buttons(p, 482, rows, 14, cloth)
    )


def _striped(p: Person) -> str:
    stripes = (
        "M226 764Q400 850 574 764L606 790Q400 890 194 790Z",
        "M190 846Q400 936 610 846V892Q400 984 190 892Z",
        "M190 944Q400 1034 610 944V1000H190Z",
    )
    return "".join(path(p.body(d), p.colour("cloth")) for d in stripes) + sheet(
        p.body("M312 708C340 800 460 800 488 708L508 728C480 832 320 832 292 728Z"),
        p.colour("detail"),
        (0, 7),
    )


def _blouse(p: Person) -> str:
    return (
        vee(p, 826, p.skin[0], 66)
        + collar(p, p.colour("cloth"))
        + line(p.body("M400 826V1100"), p.colour("detail"), 4)
        + buttons(p, 420, (884, 950), 9, p.colour("detail"))
    )


def _suit(p: Person) -> str:
    cloth = p.colour("cloth")
    left, right = p.body("M322 694L402 774L350 832L290 728Z"), p.body("M478 694L398 774L450 832L510 728Z")
    return (
        vee(p, 960, cloth, 92)
        + line(p.body("M400 780V930"), INK, 3)
        + lapels(p, p.colour("garment"), 950)
        + sheet(left, cloth, (2, 7))
        + sheet(right, cloth, (-2, 7))
    )


def _hoodie(p: Person) -> str:
    hood = p.body("M250 704C270 612 530 612 550 704C590 750 524 834 400 840C276 834 210 750 250 704Z")
    inner = p.body("M308 690C336 646 464 646 492 690C500 746 454 786 400 790C346 786 300 746 308 690Z")
    cords = line(
        p.body("M356 800C350 850 360 880 352 920M444 800C450 846 440 884 450 932"), p.colour("detail"), 10
    )
    bare = p.spec["clothing"].get("cords") is False
    return (
        sheet(hood, p.colour("garment"), (0, 13), 0.24)
        + path(inner, p.colour("cloth"))
        + ("" if bare else cords)
    )


def _sweater(p: Person) -> str:
    return sheet(
        p.body("M308 700C332 808 468 808 492 700L526 722C500 856 300 856 274 722Z"),
        p.colour("detail"),
        (0, 8),
    ) + shadow(p.body("M230 1100C240 930 236 880 220 836L236 832C256 880 258 940 250 1100Z"))


def _turtleneck(p: Person) -> str:
    ribs = "".join(
        line(p.body(f"M{x} 668Q{x + (x - 400) * 0.06:g} 700 {x + (x - 400) * 0.16:g} 736"), INK, 2.5)
        for x in (340, 370, 400, 430, 460)
    )
    return (
        path(p.body("M306 730H494L470 790H330Z"), p.colour("garment"))
        + sheet(
            p.body("M318 640C352 676 448 676 482 640L498 724C446 766 354 766 302 724Z"),
            p.colour("cloth"),
            (0, 9),
            0.2,
        )
        + ribs
        + shadow(p.body("M318 640C352 676 448 676 482 640L485 660C448 698 352 698 315 660Z"), 0.2)
    )


def _uniform(p: Person) -> str:
    knot = sheet(
        p.body("M316 664C356 712 444 712 484 664L494 736C440 778 360 778 306 736Z"), p.colour("cloth"), (0, 8)
    ) + sheet(p.body("M388 748L456 724L530 816L440 826Z"), p.colour("cloth"), (4, 8))
    return (
        vee(p, 900, p.colour("detail"), 80)
        + lapels(p, p.colour("garment"), 900)
        + knot
        + box(536 + 14 * p.turn, 866, 76, 20, p.colour("detail"), 4)
        + buttons(p, 400, (950,), 13, p.colour("detail"))
    )


def _cardigan(p: Person) -> str:
    left, right = p.body("M322 696L402 776L346 838L282 732Z"), p.body("M478 696L398 776L454 838L518 732Z")
    edge = p.body("M336 762L400 880V1100M464 762L400 880")
    return (
        vee(p, 880, p.colour("cloth"), 88)
        + line(edge, p.colour("detail"), 9)
        + sheet(left, p.colour("cloth"), (2, 7))
        + sheet(right, p.colour("cloth"), (-2, 7))
        + buttons(p, 424, (930, 990), 10, p.colour("detail"))
    )


GARMENTS = {
    "lange jas": _coat,
    "dikke jas": _padded,
    "werkjas": _work_jacket,
    "fanfarejas": _band_uniform,
    "shirt": _striped,
    "blouse": _blouse,
    "colbert": _suit,
    "capuchontrui": _hoodie,
    "wijde trui": _sweater,
    "coltrui": _turtleneck,
    "uniformjasje": _uniform,
    "vest": _cardigan,
}
