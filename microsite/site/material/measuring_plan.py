"""The measuring plan of an organisation that says what it measures, as a text to share."""

from __future__ import annotations

from collections.abc import Iterator

from microsite.brand.brand import Brand
from microsite.brand.local_indicators import Measured, Measuring
from microsite.core.languages import quarter
from microsite.core.problems import text
from microsite.core.records import replace
from microsite.rendering.office.texts import MEASURING, MeasureSheet, MeasuringSheet
from microsite.site.context import SiteContext
from microsite.site.indicators import CHAIN_NAMES, DIRECTION_NAMES, FORM_NAMES, FREQUENCY_NAMES
from microsite.site.material.item import MaterialFile
from microsite.site.material.office import text_file

_PATH = "plan/meetplan.docx"


def measuring_plan_files(context: SiteContext, brand: Brand) -> Iterator[MaterialFile]:
    """The measuring plan of a brand; none where it does not say what it measures."""
    if brand.measuring is None:
        return
    file = text_file(context, MEASURING, MEASURING.stem, measuring=sheet(context, brand.measuring))
    yield replace(file, artifact=replace(file.artifact, path=_PATH))


def sheet(context: SiteContext, measuring: Measuring) -> MeasuringSheet:
    """A measuring plan as a text has it."""
    return MeasuringSheet(
        context.translate(quarter(measuring.first)),
        str(measuring.hours),
        tuple(_measure(context, one) for one in measuring.measures),
    )


def _measure(context: SiteContext, measured: Measured) -> MeasureSheet:
    one, say = measured.measure, context.translate
    rows = (
        (_KIND, f"{say(CHAIN_NAMES[one.chain])}; {say(FORM_NAMES[one.form])}"),
        (_COUNTED, one.numerator),
        (_OUT_OF, one.denominator),
        (_FROM, one.source),
        (_OFTEN, say(FREQUENCY_NAMES[one.frequency])),
        (_DIRECTION, say(DIRECTION_NAMES[one.direction])),
        (_NOTE, one.caution),
    )
    return MeasureSheet(
        one.name,
        one.definition,
        one.who,
        say(quarter(measured.again)),
        str(measured.hours),
        tuple((say(label), words) for label, words in rows if words),
    )


_KIND = text("Kind")
_COUNTED = text("What you count")
_OUT_OF = text("Out of how many")
_FROM = text("Where from")
_OFTEN = text("How often you look at the result")
_DIRECTION = text("Direction")
_NOTE = text("Note")
