"""``schema``: what other editors need to know of the files, as JSON Schema or as their own settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from microsite.commands.editors import admin, files, vscode
from microsite.commands.errors import CommandError
from microsite.content.files import scan
from microsite.core.files import replace_file
from microsite.core.problems import Translate, did_you_mean, text
from microsite.core.settings import NATIONAL, Cms, Project


def write_schema(project: Project, name: str | None, vscode_too: bool, translate: Translate) -> None:
    """Print the JSON Schema of one kind or file, or write the folder of VS Code. Raises CommandError."""
    if vscode_too:
        _write(project, project.root / vscode.FOLDER, vscode.folder(), translate)
    elif name in files.NAMES:
        print(vscode.as_json(files.schema(name)).decode(), end="")
    else:
        raise CommandError(
            text("there is no schema '{name}'", name=name)
            if name
            else text("say of what you want the schema"),
            did_you_mean(name or "", files.NAMES)
            or text("choose from: {choices}", choices=", ".join(files.NAMES)),
        )


def write_cms(project: Project, cms: Cms, translate: Translate) -> None:
    """Write the folder of a CMS beside the campaign's own: no site has it. Raises ProblemError."""
    folder = project.root / ADMIN
    layer, _ = scan(project.folder("content"), NATIONAL, "content", {}, 0)
    campaign = admin.read_campaign(layer)
    config = folder / admin.CONFIG
    old = config.read_bytes() if config.is_file() else None
    made = {admin.CONFIG: admin.config(cms, campaign, old), admin.PAGE: admin.page(cms)}
    _write(project, folder, made, translate)


ADMIN = "admin"


def _write(project: Project, folder: Path, made: Mapping[str, bytes], translate: Translate) -> None:
    """Write the files, but for settings that are somebody's own."""
    for path, data in made.items():
        file = folder / path
        if path in (*vscode.OWN, admin.PAGE) and file.exists() and file.read_bytes() != data:
            print(KEPT.format(file=project.display_path(file)).render(translate))
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, data)
        print(text("made: {file}", file=project.display_path(file)).render(translate))


KEPT = text("{file} stays as it is; to make it anew, take it away first")
