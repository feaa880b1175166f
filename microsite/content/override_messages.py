"""What is said of overrides, for reports that count it without importing what merges them."""

from __future__ import annotations

from microsite.core.problems import text

PAGE_ITSELF, TEXT = "page", "text"
"""What a member can have changed, besides keys of the front matter: the whole page, or its text."""

STALE = text("the national page has changed since you changed it here")
GONE = text("there is no national page here any more, so this change of it is not shown")
GONE_HINT = text(
    "take this file away; to keep it as a page of your own, take out 'based_on' and fill in what it lacks"
)
CLASH = text(
    "left out: a national page has this name too, and this is no change of it: it has its own '{key}'"
)
CLASH_HINT = text(
    "give this file another name, and change the links to it; to change the national page, begin with an"
    " empty file"
)
NOT_HIDDEN = text("there is no national page '{page}' to hide")

FIXED = text("'{key}' of a national page stays as it is")
FIXED_HINT = text("take this key out; ask the campaign team when it is not right")

AGREED = text("'{key}' stays as it is nationally: somebody agreed to be on this page with these words")
AGREED_TEXT = text("the text stays as it is nationally: somebody agreed to be on this page with these words")
AGREED_TRANSLATION = text("this translates the words of somebody who agreed to the national page only")
AGREED_HINT = text(
    "take this out, and ask the campaign team; for other words, write a page of your own, with a consent of"
    " its own"
)
WITHDRAWN_HERE = text(
    "who is on this national page withdrew, as is noted here: this site leaves it out, others do not"
)
WITHDRAWN_HINT = text("tell the campaign team today, so that it is gone everywhere")
