"""The campaign plan of an organisation that has one, as a calendar and as a text to share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from microsite.brand.loader import BrandKit
from microsite.content.campaign_plan import CampaignPlan, make_plan
from microsite.core.languages import MONTHS, WEEKDAYS
from microsite.core.problems import Text, text
from microsite.core.records import replace
from microsite.rendering.artifact import artifact
from microsite.rendering.calendar import CalendarDay, calendar
from microsite.rendering.office.texts import PLAN, Month
from microsite.site.context import SiteContext
from microsite.site.material.item import MaterialFile
from microsite.site.material.office import text_file
from microsite.site.planner import Planner, months

Translated = Callable[[Text], str]

_STEM = "plan/campagneplan"


def campaign_plan_files(context: SiteContext, kit: BrandKit) -> Iterator[MaterialFile]:
    """The files of the plan that an organisation has in its brand.yaml; none without, or when it is empty."""
    planner, brand = context.library.planner, kit.brand
    if planner is None or kit.plan is None:
        return
    plan = make_plan(planner.planning, kit.plan.request)
    if not plan.entries:
        return
    title = context.translate(text("Campaign plan"))
    days = calendar_days(plan, planner, brand.url, context.translate(text("Part of:")))
    file = artifact(
        f"{_STEM}.ics",
        calendar,
        name=f"{title} – {brand.name}",
        host=brand.host,
        stamp=planner.day,
        days=days,
    )
    yield MaterialFile(text("Campaign plan, for your calendar"), "ICS", file)
    listed = text_file(context, PLAN, PLAN.stem, months=sheets(plan, planner, context.translate))
    yield replace(listed, artifact=replace(listed.artifact, path=f"{_STEM}.docx"))


def sheets(plan: CampaignPlan, planner: Planner, translate: Translated) -> tuple[Month, ...]:
    """The days of a plan as a text has them."""
    return tuple(
        Month(
            f"{translate(MONTHS[month.month - 1])} {month.year}",
            tuple(
                (
                    f"{translate(WEEKDAYS[row.day.weekday()])} {row.day.day}",
                    f"{row.title}\N{NO-BREAK SPACE}– {row.part_of}" if row.part_of else row.title,
                )
                for row in month.rows
            ),
            tuple(i for i, row in enumerate(month.rows) if not row.part_of),
        )
        for month in months(plan, planner)
    )


def calendar_days(plan: CampaignPlan, planner: Planner, url: str, part_of: str) -> tuple[CalendarDay, ...]:
    """The days of a plan for a calendar. ``url`` is the site's, or ""; steps begin with ``part_of``."""
    activities = dict(planner.planning.planner.activities)
    days = []
    for entry in plan.entries:
        activity, guide = activities[entry.activity], planner.guides.get(entry.activity, "")
        about = f"{part_of} {activity.title}" if entry.step else activity.what
        id = f"{plan.request.start:%Y%m%d}-{entry.activity}-{entry.number}-{entry.step}"
        days.append(CalendarDay(id, entry.day, entry.title, about, url + guide if url and guide else ""))
    return tuple(days)
