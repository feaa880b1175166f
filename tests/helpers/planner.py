"""Plans that the planners in Python and in the browser both make.

``python -m helpers.planner`` writes them anew.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from microsite.content.campaign_plan import CampaignPlan, PlanRequest, make_plan
from microsite.content.files import Source, scan
from microsite.content.planner_file import HOLIDAYS, PLANNER, Planning, Region, read_planning
from microsite.site.planner import Planner, for_script

FOLDER = Path(__file__).parents[1] / "content/planner"
VECTORS = FOLDER / "vectors.json"
GUIDES = {"eens": "toolkit/raad.html"}

ASKED: tuple[PlanRequest, ...] = (
    PlanRequest(dt.date(2027, 1, 4), "veel"),
    PlanRequest(dt.date(2027, 1, 4), "veel", (), "noord"),
    PlanRequest(dt.date(2027, 1, 4), "weinig", (), "zuid"),
    PlanRequest(dt.date(2026, 12, 24)),  # in a holiday
    PlanRequest(dt.date(2027, 7, 31), "veel", ("maand", "zitting"), "midden"),  # a Saturday in a holiday
    PlanRequest(dt.date(2028, 2, 29), "weinig", ("eens",), "midden"),
    PlanRequest(dt.date(2026, 3, 1), "nooit gehoord", ("week", "bestaat niet")),  # before what is known
    PlanRequest(dt.date(2031, 4, 20), "veel", ("week",)),  # after it: public holidays only
    PlanRequest(dt.date(2027, 10, 31), "weinig", ("zitting",)),  # nothing falls in it
)


def sources() -> dict[str, Source]:
    return scan(FOLDER, "planner/", "planner", {}, 0)[0].by_path()


@cache
def planning() -> Planning:
    files = sources()
    found, problems = read_planning(files[PLANNER], files[HOLIDAYS])
    assert found is not None, problems
    assert problems == ()
    return found


def site_planner() -> Planner:
    return Planner(planning(), GUIDES, make_plan(planning(), ASKED[0]), dt.date(2026, 11, 30))


def for_browser() -> Any:
    """What the page of this planning gives to its script, as that reads it."""
    return json.loads(json.dumps(for_script(site_planner())))


def asked(request: PlanRequest) -> dict[str, Any]:
    return {
        "start": request.start.isoformat(),
        "effort": request.effort,
        "activities": list(request.activities),
        "region": request.region or "",
    }


def request(given: dict[str, Any]) -> PlanRequest:
    region: Region | None = given["region"] or None
    start = dt.date.fromisoformat(given["start"])
    return PlanRequest(start, given["effort"], tuple(given["activities"]), region)


def made(plan: CampaignPlan) -> dict[str, Any]:
    """A plan as the vectors have it."""
    entries = [f"{one.day} {one.activity} {one.number} {one.step}" for one in plan.entries]
    return {"end": plan.end.isoformat(), "beyond": plan.beyond, "entries": entries}


def main() -> None:
    plans = [{"asked": asked(one), "made": made(make_plan(planning(), one))} for one in ASKED]
    data = {"data": for_browser(), "plans": plans}
    VECTORS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
