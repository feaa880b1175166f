"""The day on which an organisation has visitors: shown until it is over."""

from __future__ import annotations

import datetime as dt

from microsite.brand.loader import BrandKit
from microsite.core.problems import Problem, text
from microsite.core.records import replace


def upcoming(kit: BrandKit | None, day: dt.date) -> tuple[BrandKit | None, tuple[Problem, ...]]:
    """The brand with its visit if that is not over on this day; else what to say of it."""
    if kit is None or kit.visit is None:
        return kit, ()
    visit, place = kit.visit
    if visit.date >= day:
        return replace(kit, brand=replace(kit.brand, visit=visit)), ()
    message = text("this day is over, so the site asks to choose one: {day}", day=visit.date)
    hint = text("give the next day on which somebody can come along, or take out 'visit'")
    return kit, (Problem(place, message, hint, "warning"),)
