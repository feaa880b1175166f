"""The page on which visitors make a local campaign plan, and its script."""

from __future__ import annotations

import json

from microsite.content.kinds import GUIDE, PLANNER
from microsite.content.planner_file import REGIONS
from microsite.core.fingerprints import Fingerprints
from microsite.core.holidays import FIRST_YEAR, LAST_YEAR
from microsite.core.languages import MONTHS, WEEKDAYS
from microsite.core.problems import text
from microsite.rendering import recipes
from microsite.rendering.artifact import Artifact, artifact
from microsite.rendering.views import Assets
from microsite.site.context import SiteContext
from microsite.site.links import PLANNER as PATH
from microsite.site.planner import for_script, months


def planner_files(context: SiteContext, assets: Assets, fingerprint: Fingerprints) -> tuple[Artifact, ...]:
    """The page, with the standard plan for who has no scripts, and its script; nothing without a planner."""
    planner = context.library.planner
    if planner is None:
        return ()
    script = f"js/planner-{fingerprint(assets.planner)[:10]}.js" if assets.planner else ""
    names = {
        "months": tuple(map(context.translate, MONTHS)),
        "weekdays": tuple(map(context.translate, WEEKDAYS)),
    }
    page = context.generated(
        PATH,
        PLANNER,
        GUIDE.section,
        context.translate(text("Your campaign plan")),
        context.translate(
            text("Choose when you begin and what you do. You get a plan with days, without holidays.")
        ),
        crumbs=context.crumbs(GUIDE.section),
        script=script,
        planner=planner.planning.planner,
        holidays=planner.planning.holidays,
        regions=REGIONS,
        plan=planner.standard,
        months=months(planner.standard, planner),
        month_names=names["months"],
        weekdays=names["weekdays"],
        years=(FIRST_YEAR, LAST_YEAR),
        data=json.dumps({**for_script(planner), **names}, ensure_ascii=False),
    )
    if not script:
        return (page,)
    return page, artifact(script, recipes.script, assets.names, source=assets.planner)
