"""One person: what the file says of her, and which colour is what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cut_paper import DEEP, INK, MID, PALE, PAPER, TINT

from people.turning import aside, mapped, mirrored

# Light and shade of each skin (1 lightest .. 6 darkest), then the lips.
SKINS = {
    1: ("#f4d1b9", "#e0ad90", "#b9665a"),
    2: ("#e9bd98", "#d09a73", "#a9574a"),
    3: ("#d6a077", "#b88159", "#95493c"),
    4: ("#b97e54", "#99633d", "#793a2e"),
    5: ("#8d5939", "#6e4229", "#5a2c22"),
    6: ("#643d27", "#4a2b19", "#38190f"),
}
HAIRS = {
    "red": ("#bd5a2c", "#94411d"),
    "grey": ("#a9a59c", "#868178"),
    "white": ("#f0ebe0", "#cdc6b8"),
    "black": ("#2a2422", "#453b37"),
    "brown": ("#5f3e29", "#452b1b"),
    "blond": ("#deb968", "#bb9345"),
}
COLOURS = {"paper": PAPER, "tint": TINT, "pale": PALE, "mid": MID, "deep": DEEP, "ink": INK}

EXPRESSIONS = ("smile", "grin", "laugh", "speaking", "wry", "quiet", "gruff")
TURNS = {"front": 0.0, "slightly": 0.5, "three-quarter": 1.0}
# Which colour of the clothing lies at the neck; else it is the cloth.
NECKS = {"lange jas": "garment", "wijde trui": "detail", "shirt": "detail", "fanfarejas": "detail"}
BUILDS = {"slight": 0.9, "middle": 1.0, "broad": 1.1}


@dataclass(frozen=True)
class Person:
    """One entry of the file. She is drawn turned to the right, and mirrored when she looks to the left."""

    slug: str
    spec: dict[str, Any]

    def colour(self, area: str) -> str:
        """The colour of ground, halo, garment, cloth (a second piece of clothing), detail or cuff."""
        own = self.spec["colours"]
        return COLOURS[own.get(area) or own["garment"]]

    @property
    def skin(self) -> tuple[str, str, str]:
        return SKINS[self.spec["skin"]]

    @property
    def hair(self) -> tuple[str, str]:
        return HAIRS[self.spec["hair"].get("colour", "black")]

    @property
    def beard(self) -> tuple[str, str] | None:
        if self.spec.get("beard", "none") == "none":
            return None
        return HAIRS[self.spec.get("beard_colour") or self.spec["hair"]["colour"]]

    @property
    def style(self) -> str:
        return str(self.spec["hair"]["style"])

    @property
    def expression(self) -> str:
        return str(self.spec["pose"]["expression"])

    @property
    def turn(self) -> float:
        return TURNS[self.spec["pose"].get("turn", "front")]

    @property
    def is_mirrored(self) -> bool:
        return bool(self.spec["pose"].get("towards", "right") == "left")

    @property
    def is_lit_from_the_right(self) -> bool:
        """In her own drawing, before it is mirrored."""
        return bool((self.spec["pose"]["light"] == "right") != self.is_mirrored)

    @property
    def build(self) -> float:
        return BUILDS[self.spec.get("build", "middle")]

    @property
    def age(self) -> int:
        return int(self.spec["age"])

    # ── outlines ──

    def lit(self, d: str) -> str:
        """An outline that is drawn with the shade on the right, with the shade where it falls."""
        return mirrored(d) if self.is_lit_from_the_right else d

    def head(self, d: str) -> str:
        """An outline on the head as it is turned."""
        return mapped(d, aside(self.turn, 42, 150, self.spec["pose"].get("nod", 0))) if self._moves else d

    def body(self, d: str) -> str:
        """An outline on the chest as it is turned."""
        return mapped(d, aside(self.turn, 26, 330)) if self.turn else d

    @property
    def _moves(self) -> bool:
        return bool(self.turn or self.spec["pose"].get("nod"))

    # ── what must be told apart ──

    def neighbours(self) -> Iterator[tuple[str, str, str]]:
        """Two colours that touch, and what they are. Skin inside a headscarf touches its edge only."""
        halo, garment = self.colour("halo"), self.colour("garment")
        yield "garment on halo", garment, halo
        yield "garment on ground", garment, self.colour("ground")
        if self.style == "headscarf":
            yield "headscarf on halo", self.colour("cloth"), halo
            yield "headscarf on garment", self.colour("cloth"), garment
            yield "skin in headscarf", self.skin[0], self.colour("detail")
            return
        yield "skin on halo", self.skin[0], halo
        if self.style == "cap":
            yield "cap on halo", self.colour("cloth"), halo
        elif self.style != "bald":
            yield "hair on halo", self.hair[0], halo
        if self.beard:
            yield "beard on halo", self.beard[0], halo
        collar = self.colour(NECKS.get(self.spec["clothing"]["garment"], "cloth"))
        if self.style == "wavy":
            yield "hair on collar", self.hair[0], collar
            yield "hair on garment", self.hair[0], garment
        if self.beard:
            yield "beard on collar", self.beard[0], collar
        yield "neck in collar", self.skin[1], collar
        yield "hand on cuff", self.skin[0], self.colour("cuff")
        yield "hand on garment", self.skin[0], garment
