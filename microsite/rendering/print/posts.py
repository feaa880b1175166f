"""The text to post with the cards of a page, and their alternative text to copy."""

from __future__ import annotations

from microsite.brand.brand import Brand
from microsite.core import i18n
from microsite.core.problems import Text, text
from microsite.core.records import Record

POST_LIMIT = 300
"""The most characters that a post may have on all networks: Bluesky has the shortest."""


class PostView(Record):
    """What can be said with a page. ``words`` are the campaign's, best first; ``remark`` goes with each.

    ``local``: they are as true where the member works. ``alt`` is the alternative text of the cards.
    """

    path: str
    title: str
    words: tuple[str, ...]
    remark: str
    local: bool
    alt: str


def post(view: PostView, brand: Brand, campaign: str) -> bytes:
    """A text file: what to post, to copy as it is, and the alternative text of the cards.

    Words that would be too long for the shortest network give way to shorter ones.
    """
    translate = i18n.translator(brand.language)

    def said(sentence: Text) -> str:
        return sentence.render(translate)

    place = text("Also {place}: {campaign}", place=brand.in_region, campaign=campaign)
    local = said(place) if view.local and brand.region else ""
    proposed = _shortest_fitting(view, local, brand.absolute(view.path))
    lines = [
        said(text("TO POST WITH THE CARDS OF “{title}”", title=view.title)),
        "",
        proposed,
        "",
        said(text("{count} characters: it fits on every network.", count=len(proposed)))
        if len(proposed) <= POST_LIMIT
        else said(text("{count} characters: too long for Bluesky.", count=len(proposed))),
        "",
        "",
        said(text("ALTERNATIVE TEXT, FOR WHO DOES NOT SEE THE PICTURE")),
        said(text("Copy it into the field for it when you post a card. It is the same for each shape.")),
        "",
        view.alt,
    ]
    return ("\n".join(lines) + "\n").encode()


def _shortest_fitting(view: PostView, local: str, address: str) -> str:
    remark = f"{view.remark.removesuffix('.')}." if view.remark else ""
    proposals = [
        "\n\n".join(filter(None, (words, remark, ending, address)))
        for words in view.words
        for ending in dict.fromkeys((local, ""))
    ]
    return next((said for said in proposals if len(said) <= POST_LIMIT), min(proposals, key=len))
