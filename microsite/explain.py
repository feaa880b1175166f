"""What one file of a published site is made from, and why it was last made: told from the manifest."""

from __future__ import annotations

from pathlib import Path

from microsite.options import Project
from microsite.problems import Text, Translate, did_you_mean, text
from microsite.publish import Entry, Target

FOUND, UNKNOWN = 0, 1


def explain(project: Project, brand: Path, path: str, say: Translate) -> int:
    """Print the account of one path of a brand's site; returns 0, or 1 when it is not there."""
    folder = project.output / brand.name
    with Target(folder, project.name_of(folder)) as target:
        files = target.manifest().files
    wanted = path.removeprefix(f"{project.name_of(folder)}/").strip("/") or "index.html"
    entry = files.get(wanted) or files.get(f"{wanted}/index.html")
    if entry is None:
        print(
            text("there is no '{path}' in {folder}/", path=path, folder=project.name_of(folder)).render(say)
        )
        if (near := did_you_mean(wanted, files)) is not None:
            print(near.render(say))
        return UNKNOWN
    for line in _account(project, brand, wanted, entry):
        print(line.render(say))
    return FOUND


def _account(project: Project, brand: Path, path: str, entry: Entry) -> list[Text]:
    own = f"{project.name_of(brand)}/"
    layers = sorted({brand.name if name.startswith(own) else "national" for name in entry.origins})
    reasons = ", ".join(entry.because)
    return [
        text("{path} ({size} bytes)", path=path, size=entry.size),
        text("layer: {layers}", layers=", ".join(layers) or "national"),
        text("made from: {names}", names=", ".join(entry.origins) or "-"),
        text("last made because of: {reasons}", reasons=reasons),
        text("inputs:"),
        *(
            text("  {name} {content}", name=name.ljust(12), content=value[:12])
            for name, value in entry.trace.inputs
        ),
    ]
