"""What there is a schema of: the front matter of each kind of page, and each file of settings."""

from __future__ import annotations

from functools import cache

from microsite.brand.brand_file import BrandFile
from microsite.commands.editors.json_schema import DUTCH, Schema, schema_of, table_of
from microsite.content.facts import FACTS, Fact
from microsite.content.indicators_file import INDICATORS, IndicatorsFile
from microsite.content.kinds import KINDS, Kind
from microsite.content.planner_file import HOLIDAYS, PLANNER, HolidaysFile, PlannerFile
from microsite.content.removed import REMOVED, RemovedPages
from microsite.content.series.file import SERIES, Counting
from microsite.content.site_file import SITE, Site
from microsite.content.worksheets.file import WORKSHEETS, WorksheetsFile
from microsite.core.settings import BRAND_FILE

SETTINGS: dict[str, type] = {
    BRAND_FILE: BrandFile,
    SITE: Site,
    FACTS: Fact,
    SERIES: Counting,
    REMOVED: RemovedPages,
    PLANNER: PlannerFile,
    HOLIDAYS: HolidaysFile,
    WORKSHEETS: WorksheetsFile,
    INDICATORS: IndicatorsFile,
}
"""The files of settings, with the record of their keys; in ``TABLES`` that of what is under each name."""

TABLES = frozenset({FACTS, SERIES})

NAMES = (*(kind.name for kind in KINDS), *SETTINGS)


@cache
def schema(name: str) -> Schema:
    """The schema of a kind's front matter or of a file of settings, by one of ``NAMES``."""
    if name in SETTINGS:
        make = table_of if name in TABLES else schema_of
        return make(SETTINGS[name], name)
    kind = next(kind for kind in KINDS if kind.name == name)
    return schema_of(kind.record, kind.label.render(DUTCH), needed(kind))


def needed(kind: Kind) -> tuple[str, ...]:
    """The keys that pages of a kind need besides those that their record requires: see ``documents``."""
    return (*(["summary"] if kind.section else []), *(["date"] if kind.dated else []))
