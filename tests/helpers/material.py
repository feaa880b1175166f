"""The material of a site as it is planned: cheap, as nothing of it is made before it is asked for."""

from __future__ import annotations

import datetime as dt

from helpers.sites import BRAND, DAY, Campaign
from microsite.core.settings import MATERIALS, Material, Options, Project
from microsite.core.workers import Limit, Workers
from microsite.rendering.artifact import Artifact, Plan
from microsite.session import Session


def planned(
    campaign: Campaign, brand: str = BRAND, materials: tuple[Material, ...] | None = MATERIALS
) -> dict[str, Artifact]:
    """All material of a brand's site, by path. ``materials`` is as ``--material``; None asks brand.yaml."""
    return {item.path: item for item in _plan(campaign, brand, materials).material}


def planned_site(
    campaign: Campaign, brand: str = BRAND, materials: tuple[Material, ...] | None = MATERIALS
) -> dict[str, Artifact]:
    """All files of a brand's site, by path."""
    return {item.path: item for item in _plan(campaign, brand, materials).artifacts}


def _plan(campaign: Campaign, brand: str, materials: tuple[Material, ...] | None) -> Plan:
    options = Options(dt.date.fromisoformat(DAY), materials=materials)
    with Session(Project(campaign.root, campaign.output), options, lambda *_: None) as session:
        plan = session.pipeline().plan(session.files(campaign.root / "brands" / brand))
        assert plan.artifacts, [problem.render() for problem in plan.problems]
        return plan


def made(item: Artifact) -> bytes:
    """The bytes of a file, made in a worker as in a build: a process that has made material cannot fork."""
    with Workers(1) as workers:
        ((_, data),) = workers.map(Artifact.make, [item], Limit(processor=60.0, clock=60.0))
    assert isinstance(data, bytes)
    return data


def keys(material: dict[str, Artifact]) -> dict[str, str]:
    """What each file is made from, as a digest."""
    from microsite.core.fingerprints import Fingerprints

    fingerprints = Fingerprints()
    return {path: item.key(fingerprints, "") for path, item in material.items()}
