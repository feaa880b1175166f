"""Draws the portraits of the people who do not exist: cut paper, in the colours of whoever shows them.

Every portrait is put together from the same few parts (``people``); which ones, and in
what pose, stands in ``portraits.yaml``. The same file in, the same bytes out.

    python scripts/portraits.py [PROJECT]       into content/verhalen, or where the file says
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from cut_paper import box, dot, group, path
from people.clothes import torso
from people.face import beard, face, glasses, neck, over_ear
from people.hair import hair_back, hair_front
from people.person import Person
from people.things import THINGS, earrings, pencil

HERE = Path(__file__).parent

# Large enough that head and hair lie on the halo only.
HALOS = {
    "disc": lambda c: dot(400, 400, 350, c),
    "arch": lambda c: path("M90 1000V390C90 190 226 46 400 46S710 190 710 390V1000Z", c),
    "mark": lambda c: path("M140 0H660L576 690H224Z", c) + dot(400, 850, 160, c),
    "sun": lambda c: dot(470, 330, 400, c),
    "slab": lambda c: path("M0 120L800 0V780L0 900Z", c),
    "half": lambda c: path("M180 0H800V1000H180Z", c),
}


def draw(p: Person) -> str:
    pose = p.spec["pose"]
    tilted = f"translate({400 + 8 * p.turn:g} 580) rotate({pose.get('tilt', 0):g})"
    placed = f"{tilted} scale(1.18) translate(-400 -536)"
    behind_ear = pencil(p) if p.spec["object"].get("pencil") else ""
    head = face(p) + beard(p) + hair_front(p) + behind_ear + over_ear(p) + glasses(p) + earrings(p)
    scarfed = p.style == "headscarf"
    figure = (
        group(placed, hair_back(p)),
        torso(p) if scarfed else neck(p),
        "" if scarfed else torso(p),
        group(placed, head),
        THINGS[p.spec["object"]["name"]](p),
    )
    ground = box(0, 0, 800, 1000, p.colour("ground")) + HALOS[p.spec["halo"]](p.colour("halo"))
    shown = group("translate(800 0) scale(-1 1)", *figure) if p.is_mirrored else "".join(figure)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 1000">{ground}{shown}</svg>\n'


def people() -> Iterator[Person]:
    """Everybody in the file."""
    specs = yaml.safe_load((HERE / "portraits.yaml").read_text(encoding="utf-8"))
    for slug, spec in specs.items():
        yield Person(slug, spec)


def file_of(person: Person) -> str:
    """Where the portrait goes, from the root of the project."""
    folder = f"content/{person.spec.get('section', 'verhalen')}/{person.slug}.svg"
    return f"brands/{person.spec['brand']}/{folder}" if "brand" in person.spec else folder


def main(project: Path) -> None:
    for person in people():
        (project / file_of(person)).write_text(draw(person), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
