"""Pages that are drawn once for many brands, and filled in for each: see gaps.py."""

from __future__ import annotations

from microsite.content.files import Changed
from microsite.core.fingerprints import Fingerprints
from microsite.rendering import jinja as drawing
from microsite.rendering.artifact import Artifact, Inputs
from microsite.rendering.placeholders import Outline, Reads, Tracing, Values
from microsite.rendering.recipes import page
from microsite.rendering.templates import Template


class Pages:
    """Makes artifacts; what only differs in what is a brand's own is drawn once for all."""

    def __init__(self, fingerprint: Fingerprints) -> None:
        self._fingerprint = fingerprint
        self._reads: Reads = {}
        self._given: Inputs = ()
        self._values = Values({})
        self._outlines: dict[str, list[Outline]] = {}
        self._alone: set[str] = set()
        self._recent: dict[str, bytes] = {}

    def make(self, item: Artifact) -> bytes:
        if item.recipe is not page or not item.given:
            return self._once(item)
        if item.given is not self._given:
            self._given, self._values = item.given, Values(dict(item.given))
        key = f"{self._fingerprint.pairs(item.inputs)} {self._fingerprint.pairs(item.common)}"
        if key in self._alone:
            return item.make()
        try:
            return self._drawn(key, (*item.inputs, *item.common)).encode()
        except (Changed, OSError):
            raise
        except Exception:  # noqa: BLE001 -- what is wrong with it, drawing it by itself tells
            self._alone.add(key)
            return item.make()

    def _once(self, item: Artifact) -> bytes:
        key = item.fingerprint(self._fingerprint)
        made = self._recent.pop(key, None)
        self._recent[key] = made if made is not None else item.make()
        if len(self._recent) > _RECENT:
            del self._recent[next(iter(self._recent))]
        return self._recent[key]

    def _drawn(self, key: str, inputs: Inputs) -> str:
        outlines = self._outlines.setdefault(key, [])
        for outline in outlines:
            if outline.suits(self._values):
                return outline.filled(self._values)
        tracing = Tracing(self._values, self._reads)
        context = dict(inputs) | tracing.begun()
        template: Template = context.pop("template")
        outlines.append(tracing.outline(drawing.draw(template, context)))
        return outlines[-1].filled(self._values)


_RECENT = 128
"""More than the files of one site that are no pages, so that what the next site has too is still there."""
