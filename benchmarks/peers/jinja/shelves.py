"""What both Python peers lack for this campaign: lists by section and theme, neighbours, related texts."""

RELATED = 3


class Shelves:
    """Texts are dictionaries, as the templates know them."""

    def __init__(self, items):
        self.newest = sorted(items, key=lambda it: (it["date"], it["url"]), reverse=True)
        self.sections, self.themes = {}, {}
        for it in self.newest:
            self.sections.setdefault(it["section"], []).append(it)
            if it["section"] == "verhalen":
                for theme in it["themes"]:
                    self.themes.setdefault(theme, []).append(it)
        for shelf in self.sections.values():
            for at, it in enumerate(shelf):
                it["previous"] = shelf[at - 1] if at else None
                it["next"] = shelf[at + 1] if at + 1 < len(shelf) else None
        for it in self.newest:
            near = self.themes.get(it["themes"][0], [])[: RELATED + 1]
            it["related"] = [other for other in near if other is not it][:RELATED]


def item(meta, section, url, title, date, themes):
    fields = ("summary", "drawing", "name", "place", "job", "quote")
    told = {field: meta.get(field, "") for field in fields}
    return told | {"section": section, "url": url, "title": title, "date": date, "themes": themes}
