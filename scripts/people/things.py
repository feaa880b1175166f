"""What somebody has in hand or beside her, with the arms that hold it."""

from __future__ import annotations

from collections.abc import Callable

from cut_paper import DEEP, INK, MID, PALE, PAPER, box, dot, group, line, oval, path, shadow, sheet

from people.arms import arm, upper
from people.person import Person

WOOD, WOOD_DARK, KRAFT = "#c68f55", "#8f5f31", "#a9713c"
WHITE, SHADY = "#fdfaf4", "#e4dccd"
STEEL, STEEL_DARK, BRASS = "#9aa3a8", "#6b6f72", "#d9a536"


def loud(p: Person) -> str:
    """The colour of the thing: by default a tone that stands out from the garment."""
    if "object" in p.spec["colours"]:
        return p.colour("object")
    return PALE if p.colour("garment") in (DEEP, INK, MID) else MID


def hanging(p: Person, right: bool = False) -> str:
    """An arm that does nothing."""
    return upper(p, (694, 1020) if right else (106, 1020))


def envelope(x: float, y: float, turn: float, edge: str, window: bool = False) -> str:
    front = box(-112, 4, 96, 40, "#d5dfe5", 8) if window else line("M-150 -92L0 12L150 -92", edge, 6)
    return group(
        f"translate({x:g} {y:g}) rotate({turn:g})",
        shadow("M-148 -90H160V104H-148Z", 0.2),
        box(-154, -98, 308, 196, edge, 4),
        box(-148, -92, 296, 184, WHITE),
        front,
    )


def wallpaper(p: Person) -> str:
    rows = (706, 760, 814, 868, 922, 976)
    grid = "".join(line(f"M{x} 664V1000", "#cfc3ac", 3) for x in (456, 510, 564)) + "".join(
        line(f"M412 {y + 27}H600", "#cfc3ac", 3) for y in rows
    )
    stickers = "".join(dot(537, y, 19, MID) for y in rows) + dot(483, 868, 19, MID)
    roll = (
        sheet("M600 590H704V1010H600Z", "#e2d5bd", (10, 8))
        + oval(652, 590, 52, 21, "#f3ead8")
        + line("M632 590A20 9 0 1 1 652 599A28 13 0 0 1 624 589", "#b9ae9a", 4)
        + shadow("M676 596L704 590V1010H676Z", 0.14)
    )
    return (
        upper(p, (126, 1000))
        + upper(p, (704, 980))
        + arm(p, "fist", (126, 1000), (296, 912), -6)
        + sheet("M404 660L606 640V1010H404Z", "#f3ead8", (-8, 10), 0.2)
        + grid
        + stickers
        + roll
        + hold_edge(p, 404, 884)
        + arm(p, "cup", (716, 985), (668, 880), -22)
    )


def hold_edge(p: Person, x: float, y: float) -> str:
    """The thumb that holds the edge of a sheet; the hand is behind it."""
    light, shade, _ = p.skin
    d = f"M{x - 16:g} {y - 4:g}L{x + 34:g} {y - 22:g}"
    return line(d, shade, 29) + line(d, light, 24)


def bicycle(p: Person) -> str:
    frame = p.colour("detail")
    spokes = "".join(
        line(f"M704 980L{x} {y}", INK, 3) for x, y in ((704, 790), (570, 846), (838, 846), (520, 980))
    )
    wheel = f'<circle cx="704" cy="980" r="186" fill="none" stroke="{INK}" stroke-width="20"/>' + spokes
    bars = line("M704 980L636 720", frame, 22) + line(
        "M520 728C560 706 660 736 716 690C752 666 776 690 756 726", INK, 18
    )
    flask = group(
        "translate(722 800) rotate(5)",
        sheet("M-36 -60H36V76Q36 88 24 88H-24Q-36 88 -36 76Z", loud(p), (7, 8)),
        box(-27, -94, 54, 38, INK, 7),
        line("M-36 -20H36M-36 44H36", INK, 12, "butt"),
        line("M-20 -94Q0 -128 20 -94", INK, 7),
    )
    bike = group("translate(-22 -46)", wheel, bars, flask)
    return hanging(p) + upper(p, (700, 1000)) + bike + arm(p, "fist", (700, 1000), (596, 790), 4)


def plane(p: Person) -> str:
    body = group(
        "translate(410 850) rotate(-13)",
        shadow("M-196 -28H206L214 58H-188Z", 0.22),
        line("M70 -38C110 -84 60 -122 96 -150C124 -168 146 -140 126 -122", "#ecca96", 13),
        path("M-148 -36C-156 -92 -122 -116 -88 -104C-96 -80 -76 -60 -72 -36Z", KRAFT),
        dot(148, -64, 34, KRAFT),
        path("M-4 -36L36 -116L68 -110L44 -36Z", STEEL),
        path("M-186 -38H188C204 -38 212 -24 212 -8V40H-204V-14C-204 -30 -198 -38 -186 -38Z", WOOD),
        path("M-204 16H212V40H-204Z", WOOD_DARK),
    )
    return (
        upper(p, (102, 1000))
        + upper(p, (704, 980))
        + body
        + arm(p, "fist", (102, 1000), (206, 882), 2)
        + arm(p, "cup", (704, 980), (642, 838), 12, flip=True)
    )


def pencil(p: Person) -> str:
    """Behind the near ear."""
    return group(
        f"translate({268 + 8 * p.turn:g} 348) rotate(-9)",
        box(-84, -8, 128, 16, PALE),
        path("M44 -8L74 0L44 8Z", "#e8c9a0"),
        dot(70, 0, 4, INK),
    )


def drum(p: Person) -> str:
    shell = sheet("M190 880H570V1060H190Z", MID, (9, 8)) + line(
        "M200 906L262 1040L324 906L386 1040L448 906L510 1040L562 906", PAPER, 7
    )
    head = oval(380, 880, 198, 50, INK) + oval(380, 871, 190, 44, WHITE)
    strap = line("M250 690L272 880M548 690L512 870", p.colour("detail"), 24, "butt")
    sticks = line("M566 756L742 520", WOOD_DARK, 14) + dot(744, 517, 13, WOOD_DARK)
    sticks += line("M580 770L700 480", WOOD, 14) + dot(701, 477, 13, WOOD)
    return (
        strap
        + upper(p, (102, 990))
        + upper(p, (708, 990))
        + shell
        + head
        + arm(p, "cup", (102, 990), (178, 912), 8)
        + sticks
        + arm(p, "fist", (708, 990), (676, 800), -14)
    )


def stack(p: Person) -> str:
    pile = "".join(
        group(
            f"translate({400 + lean} {972 - i * 25}) rotate({turn})",
            box(-190, -14, 380, 28, KRAFT, 3),
            box(-183, -9, 366, 15, WHITE),
        )
        for i, (turn, lean) in enumerate(((0, 0), (-2, 4), (2, -5), (-1, 6), (3, -3), (-2, 5), (1, -6)))
    )
    top = group(
        "translate(398 802) rotate(-3)",
        path("M-186 6H186L150 -58H-150Z", KRAFT),
        path("M-174 -1H174L143 -51H-143Z", WHITE),
        line("M-143 -51L0 -16L143 -51", KRAFT, 5),
    )
    return (
        upper(p, (102, 990))
        + upper(p, (698, 1000))
        + shadow("M204 820H606V1010H204Z", 0.18)
        + pile
        + top
        + arm(p, "cup", (102, 990), (164, 904), 8)
        + arm(p, "cup", (698, 1000), (646, 936), 0, flip=True)
    )


def letter(p: Person) -> str:
    text = ((-56, 96), (-24, 82), (8, 94), (40, 58), (92, 94), (124, 72))
    written = group(
        "translate(290 846) rotate(-8)",
        sheet("M-128 -140H128V190H-128Z", WHITE, (9, 11), 0.24),
        box(-98, -108, 76, 20, MID),
        *(line(f"M-98 {y}H{x}", "#b9b1a5", 8, "butt") for y, x in text),
    )
    pen = group(
        "translate(566 700) rotate(-118)", box(-60, -9, 150, 18, INK, 6), path("M90 -9L118 0L90 9Z", STEEL)
    )
    return (
        upper(p, (92, 1000))
        + upper(p, (704, 1000))
        + arm(p, "hold", (92, 1000), (122, 908), 30)
        + written
        + hold_edge(p, 168, 880)
        + pen
        + arm(p, "fist", (704, 1000), (622, 822), 0)
    )


def fan(p: Person) -> str:
    spread = "".join(
        envelope(x, y, turn, "#b9ae9a", True)
        for x, y, turn in ((196, 806, -34), (270, 792, -12), (344, 826, 12))
    )
    return (
        upper(p, (88, 1010))
        + upper(p, (714, 1000))
        + spread
        + arm(p, "hold", (88, 1010), (206, 938), -28)
        + arm(p, "open", (714, 1000), (674, 838), 4)
    )


def chair(p: Person) -> str:
    stripes = "".join(path(f"M-54 {y}H54V{y + 34}H-54Z", DEEP) for y in (-214, -146, -78, -10))
    folded = group(
        "translate(604 806) rotate(15)",
        shadow("M-66 -262H80V280H-66Z", 0.18),
        line("M-66 60L66 300M66 60L-66 300", STEEL_DARK, 14),
        path("M-54 -248H54V40C40 70 -40 70 -54 40Z", loud(p)),
        stripes,
        shadow("M54 -248V40C48 54 30 60 14 62V-248Z", 0.16),
        line("M-66 -276V290M66 -276V290", STEEL_DARK, 17),
        line("M-66 -120H-92M66 -120H92", STEEL_DARK, 14),
        line("M-66 -276V-256M66 -276V-256", INK, 19),
    )
    return (
        upper(p, (104, 1000))
        + upper(p, (730, 990))
        + folded
        + arm(p, "cup", (730, 990), (664, 902), -20)
        + arm(p, "open", (104, 1000), (156, 838), -6, flip=True)
    )


def gym_bag(p: Person) -> str:
    bag = (
        line("M556 690C580 770 590 820 610 900M578 690C606 770 620 820 640 900", INK, 9)
        + sheet(
            "M512 930C540 886 706 886 734 930C760 960 770 1010 770 1060H486C486 1010 492 960 512 930Z",
            loud(p),
            (-8, 9),
        )
        + path("M544 914C580 892 666 892 702 914L690 940C660 922 586 922 556 940Z", INK)
        + line("M506 984H752", p.colour("garment"), 12, "butt")
    )
    return hanging(p) + upper(p, (706, 990)) + bag + arm(p, "fist", (706, 990), (640, 826), -6)


def gym_key(p: Person) -> str:
    """The bag across the chest, a hand at its cord, and a key on a cord round the neck."""
    cord = line("M338 690Q370 790 412 846M482 690Q462 790 420 846", PAPER, 7) + key(416, 852, 4, 1.1, BRASS)
    strap = line("M236 712C340 800 480 850 640 900", p.colour("detail"), 14)
    bag = (
        sheet(
            "M566 902C596 868 716 868 746 902C776 942 786 1000 786 1060H530C530 1000 540 942 566 902Z",
            loud(p),
            (-8, 9),
        )
        + path("M598 890C628 872 686 872 714 888L702 918C676 904 636 904 612 920Z", INK)
        + line("M556 980H770", p.colour("detail"), 12, "butt")
    )
    return (
        cord
        + hanging(p, True)
        + strap
        + bag
        + upper(p, (100, 1000))
        + arm(p, "fist", (100, 1000), (206, 838), 4)
    )


def cup(x: float, y: float, steam: str, saucer: bool = True) -> str:
    plate = oval(0, 66, 150, 26, SHADY) + oval(0, 58, 142, 22, WHITE) if saucer else ""
    return group(
        f"translate({x:g} {y:g})",
        plate,
        line("M66 -24C126 -36 132 30 62 32", WHITE, 17),
        path("M-86 -58H86C86 8 62 50 36 58H-36C-62 50 -86 8 -86 -58Z", WHITE),
        shadow("M52 -58H86C86 8 62 50 36 58H10C40 30 52 -14 52 -58Z", 0.12),
        oval(0, -58, 86, 20, SHADY),
        oval(0, -55, 72, 14, "#5a3522"),
        line("M-22 -96C-36 -122 -6 -134 -20 -162M22 -92C8 -116 38 -130 24 -154", steam, 8),
    )


def coffee(p: Person) -> str:
    return (
        upper(p, (92, 1000))
        + upper(p, (706, 1000))
        + cup(270, 858, loud(p))
        + arm(p, "hold", (92, 1000), (132, 942), 22)
        + arm(p, "open", (706, 1000), (666, 836), 8)
    )


def coffee_on_the_table(p: Person) -> str:
    return (
        upper(p, (98, 990))
        + upper(p, (690, 980))
        + path("M0 968H800V1000H0Z", WOOD)
        + path("M0 968H800V978H0Z", WOOD_DARK)
        + cup(330, 906, loud(p))
        + arm(p, "cup", (98, 990), (196, 924), 8)
        + arm(p, "rest", (690, 960), (550, 674), -10, flip=True)
    )


def key(x: float, y: float, turn: float, size: float, colour: str) -> str:
    return group(
        f"translate({x:g} {y:g}) rotate({turn:g}) scale({size:g})",
        f'<circle cx="0" cy="0" r="19" fill="none" stroke="{colour}" stroke-width="11"/>',
        line("M0 22V98M0 74H22M0 94H18", colour, 11, "butt"),
    )


def keys(p: Person) -> str:
    metal = WHITE
    ring = f'<circle cx="300" cy="838" r="38" fill="none" stroke="{metal}" stroke-width="9"/>'
    return (
        upper(p, (100, 1000))
        + hanging(p, True)
        + ring
        + key(272, 866, 24, 0.95, BRASS)
        + key(300, 878, -4, 1, metal)
        + key(330, 866, -30, 0.95, BRASS)
        + arm(p, "fist", (100, 1000), (222, 856), 8)
    )


def small_key(p: Person) -> str:
    string = loud(p)
    return (
        upper(p, (104, 1000))
        + hanging(p, True)
        + line("M404 858C360 930 424 970 392 1010", string, 8)
        + arm(p, "palm", (104, 1000), (302, 906), 18)
        + line("M404 858C384 886 378 910 384 944", string, 8)
        + key(402, 850, -78, 1.35, BRASS)
    )


def watering_can(p: Person) -> str:
    zinc, dark = "#8fb59f", "#5f8570"
    can = (
        line("M500 866C556 846 566 796 606 750", zinc, 32, "butt")
        + path("M580 724L646 690L664 784L606 782Z", dark)
        + line("M318 800C318 706 462 706 462 800", dark, 20)
        + sheet("M284 800H496L516 1010H264Z", zinc, (9, 9), 0.2)
        + shadow("M438 800H496L516 1010H446Z", 0.14)
        + path("M330 900Q356 884 372 908Q356 930 336 922Z", dark)
        + oval(390, 800, 106, 19, dark)
        + line("M278 866H502", dark, 7, "butt")
    )
    return (
        upper(p, (96, 1000))
        + upper(p, (704, 1010))
        + can
        + arm(p, "cup", (96, 1000), (186, 926), 6)
        + arm(p, "cup", (704, 1010), (602, 944), 10, flip=True)
    )


def soup(p: Person) -> str:
    bowl = (
        line("M452 810C486 750 508 690 566 628", STEEL_DARK, 15)
        + line("M556 642C570 620 596 620 602 642", STEEL_DARK, 13)
        + sheet("M254 812H546C546 912 486 966 438 972H362C314 966 254 912 254 812Z", MID, (9, 11), 0.22)
        + shadow("M500 812H546C546 912 486 966 438 972H404C456 940 492 884 500 812Z", 0.14)
        + line("M270 862Q400 902 530 862", PAPER, 12, "butt")
        + oval(400, 812, 146, 30, SHADY)
        + oval(400, 816, 126, 22, "#d9852f")
        + "".join(
            oval(x, y, 14, 7, colour)
            for x, y, colour in ((346, 812, "#f0c45c"), (398, 826, "#7d9b4e"), (372, 806, "#f0c45c"))
        )
        + path("M428 800C438 830 484 830 486 796Z", STEEL)
        + line("M340 770C326 742 356 732 342 704M392 758C378 730 408 720 394 692", "#d8ccb6", 9)
    )
    return (
        upper(p, (92, 990))
        + upper(p, (708, 990))
        + bowl
        + arm(p, "cup", (92, 990), (182, 922), -4)
        + arm(p, "cup", (708, 990), (618, 922), 4, flip=True)
    )


THINGS: dict[str, Callable[[Person], str]] = {
    "rol behang": wallpaper,
    "fiets": bicycle,
    "houten schaaf": plane,
    "kleine trom": drum,
    "stapel enveloppen": stack,
    "drie enveloppen": fan,
    "brief": letter,
    "campingstoel": chair,
    "gymtas": gym_bag,
    "gymtas en sleutel": gym_key,
    "koffiekop": coffee,
    "koffiekop op tafel": coffee_on_the_table,
    "sleutels": keys,
    "sleutel": small_key,
    "gieter": watering_can,
    "soepkom": soup,
}


def earrings(p: Person) -> str:
    kind = p.spec.get("earrings")
    near, far = 281 + 16 * p.turn, 519 - 14 * p.turn
    at = (near,) if p.turn == 1 else (near, far)
    if kind == "hoops":
        return "".join(
            f'<circle cx="{x:g}" cy="450" r="32" fill="none" stroke="{BRASS}" stroke-width="9"/>' for x in at
        )
    return "".join(dot(x, 426, 10, BRASS) for x in at) if kind == "studs" else ""
