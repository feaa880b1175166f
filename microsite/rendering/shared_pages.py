"""Pages that are rendered once for many brands and filled in for each: see ``placeholders``."""

from __future__ import annotations

from microsite.content.files import FileChanged
from microsite.core.fingerprints import Fingerprints
from microsite.rendering import jinja
from microsite.rendering.artifact import Artifact, Inputs
from microsite.rendering.placeholders import BrandValues, Expressions, PageSkeleton, Tracer
from microsite.rendering.recipes import page
from microsite.rendering.templates import Template


class SharedPages:
    """Makes the artifacts of one site after the other, and renders the pages that they share once.

    ``not_shared`` has the keys of the pages that must be rendered for each brand.
    """

    def __init__(self, fingerprint: Fingerprints) -> None:
        self._fingerprint = fingerprint
        self._expressions: Expressions = {}
        self._given: Inputs = ()
        self._values = BrandValues({})
        self._skeletons: dict[str, list[PageSkeleton]] = {}
        self.not_shared: set[str] = set()
        self._recent: dict[str, bytes] = {}

    def make(self, item: Artifact) -> bytes:
        if item.recipe is not page or not item.given:
            return self._make_once(item)
        if item.given is not self._given:
            self._given, self._values = item.given, BrandValues(dict(item.given))
        key = f"{self._fingerprint.pairs(item.inputs)} {self._fingerprint.pairs(item.common)}"
        if key in self.not_shared:
            return item.make()
        try:
            return self._render(key, (*item.inputs, *item.common)).encode()
        except (FileChanged, OSError):
            raise
        except Exception:  # noqa: BLE001 -- rendering the page without placeholders raises what is wrong with it
            self.not_shared.add(key)
            return item.make()

    def _make_once(self, item: Artifact) -> bytes:
        key = item.fingerprint(self._fingerprint)
        made = self._recent.pop(key, None)
        self._recent[key] = made if made is not None else item.make()
        if len(self._recent) > _RECENT:
            del self._recent[next(iter(self._recent))]
        return self._recent[key]

    def _render(self, key: str, inputs: Inputs) -> str:
        skeletons = self._skeletons.setdefault(key, [])
        for skeleton in skeletons:
            if skeleton.suits(self._values):
                return skeleton.fill(self._values)
        tracer = Tracer(self._values, self._expressions)
        context = dict(inputs) | tracer.inputs()
        template: Template = context.pop("template")
        skeletons.append(tracer.skeleton(jinja.compiled(template).render(context)))
        return skeletons[-1].fill(self._values)


_RECENT = 128
"""More than the files of one site that are not pages, so that the next site finds those it has too."""
