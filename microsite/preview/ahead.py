"""The page of a text whose words have changed, before the site is planned again.

A plan takes the longer the more texts there are, and an editor waits for one page. That is made from the last
plan, by the functions that plan it, and stays until there is a new plan: see ``Preview.refresh``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from microsite.content.files import rescan
from microsite.core.problems import Problem, errors
from microsite.pipeline import PlannedSite
from microsite.preview.early import EarlySite
from microsite.rendering.artifact import Artifact

Report = Callable[[Iterable[Problem]], tuple[Problem, ...]]


def page_ahead(
    early: EarlySite, public: PlannedSite, changed: Collection[str], to_report: Report
) -> Artifact | None:
    """The page of the one text among the ``changed`` files, which are absolute paths.

    ``public`` is the last plan. None where only another plan tells what has changed, or what is wrong.
    """
    texts = [source for source in early.sources.values() if source.file in changed]
    source = rescan(texts[0]) if len(texts) == 1 else None
    if source is None:
        return None
    if source.path in public.admission.shown:
        pipeline, plan = early.public, public
    elif early.is_planned:
        pipeline, plan = early.pipeline, early.plan
    else:
        return None
    document = pipeline.reworded(plan, early.source, source)
    if document is None:
        return None
    page, problems = plan.rewritten(document, pipeline.day)
    return None if errors(to_report(problems)) else page
