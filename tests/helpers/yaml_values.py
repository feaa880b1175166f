"""YAML as other editors read it: YAML 1.2, in which days are texts and ``ja`` is no boolean."""

from __future__ import annotations

import re
from typing import Any

import yaml


class _Core(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- PyYAML's own way to begin with none


def _base(node: str) -> int:
    return {"0x": 16, "0o": 8}.get(node[:2], 10)


_Core.add_constructor(
    "tag:yaml.org,2002:int", lambda _, node: int(node.value.removeprefix("0o"), _base(node.value))
)
_Core.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value.replace(".inf", "inf")))
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+0123456789.")),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)


def values(text: str) -> Any:
    """The values in a YAML text."""
    return yaml.load(text, _Core)  # noqa: S506 -- a safe loader
