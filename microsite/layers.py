"""What is said where a member's changes no longer fit the national pages that they change."""

from __future__ import annotations

from microsite.problems import text

STALE = text("the national page has changed since you changed it here")
GONE = text("there is no national page here any more, so this change of it is not shown")
GONE_HINT = text(
    "take this file away; to keep it as a page of your own, take out 'based_on' and fill in what it lacks"
)
NOT_HIDDEN = text("there is no national page '{page}' to hide")
