"""A small library of indicators, and what a member can say of its own."""

from __future__ import annotations

from microsite.content.files import Source
from microsite.content.indicators_file import IndicatorsFile, read_indicators

LIBRARY = """\
reach: {people: 100, meetings: 40, volunteers: 20}
goals: {contact: Minder alleen, meedoen: Meedoen}
fields: {inloop: Inloop, vrijwilligers: Vrijwilligers}
indicators:
  minder-alleen:
    name: Minder alleen
    goal: contact
    fields: [inloop]
    chain: outcome
    form: vragen
    measures: eenzaamheid
    definition: Het deel dat zich minder alleen voelt.
    numerator: wie vooruitging
    denominator: wie twee keer antwoordde
    source: Eén vraag.
    who: de gastvrouw
    frequency: halfjaar
    effort: {per: mens, minutes: 5, times: 2, fixed: 3}
    direction: omhoog
    caution: Het gaat ook vanzelf op en neer.
  bezoekers:
    name: Bezoekers
    goal: contact
    fields: [inloop, vrijwilligers]
    chain: output
    definition: Het aantal bezoekers.
    source: Streepjes.
    who: de gastvrouw
    frequency: kwartaal
    effort: {per: bijeenkomst, minutes: 3}
    caution: Een volle zaal is nog geen gesprek.
  verhaal:
    name: Wat er anders is
    goal: meedoen
    fields: [vrijwilligers]
    chain: outcome
    form: verhaal
    definition: Wat mensen vertellen.
    source: Tien gesprekken.
    who: een collega
    frequency: jaar
    effort: {per: jaar, minutes: 45, times: 10, fixed: 2}
    caution: Tien mensen zijn niet iedereen.
"""

PAGE = """\
---
title: Kiezen
summary: Kies wat je meet.
worksheet: indicators
---

Dit zijn voorbeelden.
"""

OWN = """\
  own:
    - name: Wat misging
      chain: outcome
      form: verhaal
      definition: Wat er in het schrift staat.
      source: Een schrift.
      who: de beheerder
      frequency: kwartaal
      effort: {per: vrijwilliger, minutes: 10}
"""
"""An indicator that a member wrote, below ``indicators:`` of its brand.yaml."""


def source(text: str) -> Source:
    data = text.encode()
    return Source("indicatoren.yaml", "content/indicatoren.yaml", "national", "d", "", len(data), data)


def library(text: str = LIBRARY) -> IndicatorsFile:
    found, problems = read_indicators(source(text))
    assert found is not None, problems
    return found
