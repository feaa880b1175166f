"""Worksheets that Python and the browser both compute, and those that both refuse.

``PYTHONPATH=.:tests python -m helpers.worksheets`` writes what the sheets yield anew.
"""

from __future__ import annotations

import json
import statistics
from copy import deepcopy
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from microsite.content.files import Source
from microsite.content.schema import load
from microsite.content.worksheets import case, sroi
from microsite.core.problems import Problem, errors

VECTORS = Path(__file__).parents[1] / "content/worksheets"


BEGIN = "Begin met de eerste vraag, of kijk naar het voorbeeld. Hier lees je dan wat er nog ontbreekt."
"""What a worksheet says as long as nothing is filled in."""


def vectors(name: str) -> Any:
    """The file of a worksheet, such as "sroi": sheets with what they yield, and changes that are refused."""
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def changed(sheet: Any, changes: dict[str, Any]) -> Any:
    """The sheet with other values, by keys such as ``outcomes.0.count.low``; a key of a list is a number."""
    made = deepcopy(sheet)
    for key, value in changes.items():
        *path, last = key.split(".")
        at = made
        for name in path:
            at = at[int(name)] if isinstance(at, list) else at[name]
        at[int(last) if isinstance(at, list) else last] = value
    return made


ACCOUNT = {
    "organisation": "Welzijn Zandhage",
    "period": "het jaar 2025",
    "by": "de controller",
    "counted": "2025-12-31",
    "caveat": "Hoe het met de anderen gaat, weten we niet",
}


def saved(sheet: Any, **account: str) -> Any:
    """The sheet as the browser saves it, with what follows from it."""
    read, problems = read_sheet(source(sheet))
    assert read is not None, problems
    found = sroi.calculate(read)

    def rounded(value: Decimal, step: str) -> float:
        return float(value.quantize(Decimal(step), ROUND_HALF_UP))

    def ratios(step: str) -> dict[str, float]:
        return {
            name: rounded(ratio, step)
            for name, ratio in zip(("low", "likely", "high"), found.ratios, strict=True)
        }

    told = {
        **ratios("0.0001"),
        "costs": rounded(found.costs, "0.01"),
        "effects": rounded(found.likely, "0.01"),
        "shown": ratios("0.1"),
        "break_even": None if found.break_even is None else rounded(found.break_even, "0.0001"),
    }
    about = {"worksheet": "sroi", "format": 1, "saved": "2026-01-15"}
    return {**about, **sheet, "account": {**ACCOUNT, **account}, "result": told}


def written(sheet: Any) -> str:
    """The text of a file that the browser saves."""
    return json.dumps(sheet, ensure_ascii=False, indent=2) + "\n"


def source(sheet: Any, path: str = "blad.json") -> Source:
    """The sheet as the file that the browser saves."""
    data = (sheet if isinstance(sheet, str) else written(sheet)).encode()
    return Source(path, path, "lid", "digest", "", len(data), data)


def settings() -> dict[str, str]:
    """A page with the worksheet, and its settings, for a small campaign."""
    rate = {"rate": 0.0225, "title": "2,25 %", "source": "Werkgroep", "valid_from": "2021-01-01"}
    file = {"sroi": {"rates": [rate], "example": invented(vectors("sroi")["sheets"][0]["sheet"])}}
    return {
        "content/rekenhulp.md": "---\ntitle: Rekenhulp\nsummary: Reken zelf.\nworksheet: sroi\n---\nReken.\n",
        "content/werkbladen.yaml": json.dumps(file, ensure_ascii=False, indent=2),
    }


def invented(sheet: Any) -> Any:
    """The sheet with sources and reasons of its own, as those of an example."""
    if isinstance(sheet, list):
        return [invented(item) for item in sheet]
    if not isinstance(sheet, dict):
        return sheet
    said = ("source", "measured", "why")
    return {key: f"Bedacht: {item}" if key in said else invented(item) for key, item in sheet.items()}


def read_sheet(source: Source) -> tuple[sroi.Sheet | None, tuple[Problem, ...]]:
    """The sheet in a file, and problems; None with an error."""
    sheet, places, problems = load(sroi.Sheet, source)
    if sheet is not None:
        problems += tuple(sroi.check(sheet, places))
    return (None if errors(problems) else sheet), problems


def line_of(sheet: Any, key: str) -> int:
    """The line in that file on which a key stands."""
    mark = "hier staat het"
    lines = json.dumps(changed(sheet, {key: mark}), ensure_ascii=False, indent=2).splitlines()
    return next(i for i, line in enumerate(lines, start=1) if mark in line)


def four(value: Decimal | None) -> str | None:
    """A number to four decimals."""
    return None if value is None else str(value.quantize(Decimal("0.0001"), ROUND_HALF_UP) + 0)


def made(found: sroi.Return) -> dict[str, Any]:
    """What a sheet yields, as the vectors have it."""
    return {
        "low": four(found.low),
        "likely": four(found.likely),
        "high": four(found.high),
        "ratio": four(found.likely / found.costs),
        "breakEven": four(found.break_even),
        "payback": four(found.payback),
        "years": [four(year) for year in found.years],
        "uncorrected": four(found.uncorrected / found.costs),
        "payers": [[who, four(amount)] for who, amount in found.payers],
        "gains": [[who, four(amount)] for who, amount in found.gains],
        "needed": [[line.bound, four(line.count)] for line in found.needed],
        "bars": [[bar.outcome, bar.what, four(bar.low), four(bar.high)] for bar in found.bars],
    }


def made_of_case(found: case.Outcome) -> list[Any]:
    """What a case yields, in total and for each payer, as the vectors have it."""
    return [
        [
            share.payer,
            four(share.happened),
            *(four(getattr(share.otherwise, end)) for end in ENDS),
            *(four(getattr(share.difference, end)) for end in ENDS),
        ]
        for share in (found.total, *found.payers)
    ]


ENDS = ("low", "likely", "high")


def across(differences: list[float]) -> dict[str, Any]:
    """What several cases have in common, by the statistics of Python; an average takes five of them."""
    return {
        "count": len(differences),
        "low": min(differences),
        "median": statistics.median(differences),
        "high": max(differences),
        "average": statistics.mean(differences) if len(differences) >= 5 else None,
    }


def write() -> None:
    """Compute what each sheet yields, and write the files of vectors anew.

    Raises:
        ValueError: a sheet is refused.
    """
    for name in ("sroi", "case"):
        kept = vectors(name)
        for vector in kept["sheets"]:
            vector["made"] = _computed(name, vector)
        (VECTORS / f"{name}.json").write_text(
            json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


def _computed(name: str, vector: Any) -> Any:
    saved = source(vector["sheet"])
    if name == "sroi":
        sheet, problems = read_sheet(saved)
        if sheet is not None:
            return made(sroi.calculate(sheet))
    else:
        one, problems = case.read_case(saved)
        if one is not None:
            return made_of_case(case.calculate(one))
    raise ValueError(f"{vector['name']}: {[str(problem.message) for problem in problems]}")


if __name__ == "__main__":
    write()
