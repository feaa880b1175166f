"""What we promised ourselves: each goal with its bound, in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from measure import Run
from tools import PYTHON

Costs = Mapping[tuple[int, str, str], Run]
"""By number of stories, tool and step."""

OURS, TWICE = "microsite", "microsite, 2 jobs"
BUSY = 0.15


@dataclass(frozen=True, slots=True)
class Goal:
    """``value`` and ``bound`` in ``unit``; ``cpu`` is value over bound as well, but in processor time."""

    name: str
    value: float
    bound: float
    unit: str
    cpu: float | None = None
    busy: bool = False

    @property
    def met(self) -> bool:
        return self.value <= self.bound

    def __str__(self) -> str:
        verdict = "met" if self.met else "NOT MET"
        told = f"{verdict:8}{self.name}: {self.value:.2f} {self.unit}, at most {self.bound:.2f} {self.unit}"
        told += f" ({self.value / self.bound:.2f} of what it may be"
        told += f"; in processor time {self.cpu:.2f})" if self.cpu is not None else ")"
        return told + ("; the machine was busy with other things" if self.busy else "")


def judge(costs: Costs) -> list[Goal]:
    """The goals for which there are numbers."""
    return [*_hugo(costs), *_python(costs), *_memory(costs)]


def _hugo(costs: Costs) -> Iterator[Goal]:
    for step, part, called in (("nothing changed", 4, "a quarter"), ("one body changed", 2, "half")):
        ours, hugo = costs.get((1000, OURS, step)), costs.get((1000, "hugo", step))
        if ours and hugo:
            yield _faster(f"1,000 stories, {step}: {called} of hugo", ours, hugo, 1 / part)


def _python(costs: Costs) -> Iterator[Goal]:
    for stories, tool, part, called in (
        (60, OURS, 1.0, "cold: the fastest Python peer"),
        (1000, OURS, 1.0, "cold: the fastest Python peer"),
        (1000, TWICE, 0.65, "cold, 2 jobs: 0.65 of the fastest Python peer"),
    ):
        ours = costs.get((stories, tool, "cold"))
        peers = [costs[key] for name in PYTHON if (key := (stories, name, "cold")) in costs]
        if ours and peers:
            yield _faster(f"{stories:,} stories, {called}", ours, min(peers, key=_wall), part)


def _memory(costs: Costs) -> Iterator[Goal]:
    ours = [run for (stories, tool, _), run in costs.items() if stories == 5000 and tool in (OURS, TWICE)]
    if ours:
        yield Goal("5,000 stories, cold: memory", max(run.megabytes for run in ours), 250, "MB")


def _faster(name: str, ours: Run, other: Run, part: float) -> Goal:
    busy = max(ours.others, other.others) > BUSY
    return Goal(name, ours.wall, other.wall * part, "s", ours.cpu / (other.cpu * part), busy)


_wall: Callable[[Run], float] = lambda run: run.wall  # noqa: E731
