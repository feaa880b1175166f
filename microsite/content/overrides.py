"""What a member can change of a national page, and what is said where that no longer fits."""

from __future__ import annotations

from microsite.core.problems import text

PAGE_ITSELF, TEXT = "page", "text"
"""What a member can have of its own, besides keys of the front matter."""

STALE = text("the national page has changed since you changed it here")
GONE = text("there is no national page here any more, so this change of it is not shown")
GONE_HINT = text(
    "take this file away; to keep it as a page of your own, take out 'based_on' and fill in what it lacks"
)
NOT_HIDDEN = text("there is no national page '{page}' to hide")
