"""What is not public yet, as editors see it: planned when somebody asks for it, and never published."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from microsite.content.documents import Document
from microsite.content.files import Layer, Source
from microsite.content.overrides import MarkdownFile, markdown_file
from microsite.core.problems import Problem, unique
from microsite.core.records import replace
from microsite.pipeline import Pipeline, PlannedSite
from microsite.preview.standing import Standing, standing
from microsite.rendering.artifact import Artifact


class EarlySite:
    """The site as it is when all that waits is public. ``files`` are those of the brand."""

    def __init__(self, pipeline: Pipeline, files: Layer) -> None:
        self.public = pipeline
        self.source = files

    @cached_property
    def pipeline(self) -> Pipeline:
        return self.public.early()

    @cached_property
    def plan(self) -> PlannedSite:
        return self.pipeline.plan(self.source, guide=True)

    @property
    def is_planned(self) -> bool:
        """Whether somebody has asked for it."""
        return "plan" in self.__dict__

    @cached_property
    def files(self) -> Mapping[str, Artifact]:
        return {item.path: item for item in self.plan.artifacts}

    @property
    def language(self) -> str:
        """The language of the site; "" when site.yaml cannot be read."""
        site = self.public.national.site
        return site.language if site is not None else ""

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The files of the texts, by path within ``content/``: a member's over the national ones."""
        return {**self._national, **self.source.subfolder("content").by_path()}

    @cached_property
    def _national(self) -> Mapping[str, Source]:
        return self.public.national.layer.by_path()

    def file(self, document: Document) -> MarkdownFile | None:
        """The file of a text, with the national one that it changes."""
        source, base = self.sources.get(document.path), self._national.get(document.path)
        if source is None:
            return None
        file = markdown_file(source)
        return file if base is None or base is source else replace(file, base=markdown_file(base))

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The documents by the path of their page."""
        return {document.page: document for document in self.plan.admission.documents}

    def problems(self, document: Document) -> tuple[Problem, ...]:
        """What is wrong with a document, besides what it waits for: that is no reason to keep others back."""
        told = {refused.reason for refused in self.plan.admission.refusals.get(document.path, ())}
        mine = (problem for problem in self.plan.problems if problem.place.path in document.names)
        return unique(problem for problem in mine if problem.message not in told)

    def standing(self, document: Document) -> Standing:
        return standing(document, self.plan.admission, self.public.day)
