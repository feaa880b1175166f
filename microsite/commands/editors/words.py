"""What a CMS calls the keys and the choices of front matter, for who never sees a file."""

from __future__ import annotations

from collections.abc import Mapping

from microsite.content.keys import Key
from microsite.core.problems import Text, text


def label(key: Key) -> Text:
    """What a field is called: of its whole path where that is told, else of its name."""
    return LABELS.get(key.path) or LABELS[key.name]


def choice(key: Key, value: str) -> Text:
    return CHOICES.get(f"{key.name}.{value}") or CHOICES[value]


def one(key: Key) -> Text:
    """What one item of a list is called."""
    return ITEMS.get(key.path, text("line"))


BODY = text("The text")

ITEMS: Mapping[str, Text] = {
    "people": text("person"),
    "interviewers": text("person"),
    "charts": text("chart"),
    "charts.rows": text("figure"),
}

_CONSENT = text("Without it, nobody is on the site. Never write a name in it.")

HINTS: Mapping[str, Text] = {
    "draft": text("Switch this off when the text may be on the site; to publish it here is not enough."),
    "body": text("Write ## before a heading and - before each line of a list. The handbook tells all of it."),
    "film": text("A film with its captions beside it: MP4 or WebM, and VTT with the same name."),
    "image.src": text("A photo or a drawing: JPEG, PNG, WebP or SVG."),
    "object.src": text("A photo or a drawing: JPEG, PNG, WebP or SVG."),
    "recording": text("The page read aloud, or the conversation: MP3 or M4A."),
    "aliases": text("Addresses that this page had before, from the first folder on."),
    "keywords": text("What people type who look for this page, where the text has other words."),
    "may_be_public": text("Numbers, addresses and names in this text that everybody may see."),
    "contact": text("Without a choice, that is the contact for the first theme, or the general one."),
    "consent": _CONSENT,
    "people.consent": _CONSENT,
    "interviewers.consent": _CONSENT,
    "person": text("As it may be on the site: a first name is enough."),
    "scores": text("From 0 to 3 points for each question."),
    "based_on": text("The program tells what belongs here."),
}
"""What is said with a field instead of what the handbook says of its key."""

LABELS: Mapping[str, Text] = {
    "action": text("Button"),
    "action.text": text("Words on the button"),
    "actions": text("Buttons"),
    "age": text("Age"),
    "aim": text("Aim"),
    "aliases": text("Former addresses"),
    "alt": text("What is to be seen, for who does not see it"),
    "audience": text("Who may publish it"),
    "author": text("Writer"),
    "available_for": text("May be asked for"),
    "award": text("What is awarded"),
    "based_on": text("Made from (filled in by the program)"),
    "caveat": text("What it does not say"),
    "charts": text("Charts"),
    "claim": text("What we claim"),
    "closed": text("There will be no more letters"),
    "commissioned_by": text("Commissioned and paid by"),
    "consent": text("Consent of this person"),
    "consent.expires_on": text("Consent ends on"),
    "people.consent.expires_on": text("Consent ends on"),
    "interviewers.consent.expires_on": text("Consent ends on"),
    "contact": text("Who answers questions"),
    "credit": text("Who made it"),
    "date": text("Date"),
    "decorative": text("It tells nothing"),
    "dilemma": text("The question"),
    "draft": text("Not on the site yet"),
    "duration": text("How long it takes"),
    "effort": text("Time or effort"),
    "expires_on": text("Gone from this day on"),
    "fact": text("Fact"),
    "facts": text("Facts"),
    "fictional": text("Made up: this person does not exist"),
    "figure": text("Figure for the council"),
    "figures": text("Large figures"),
    "film": text("Film"),
    "final_text_seen_on": text("Has read the final text on"),
    "for_whom": text("Who benefits"),
    "given_on": text("Agreed on"),
    "goal": text("What it yields"),
    "guardian": text("A parent or guardian agreed too"),
    "help": text("Help lines"),
    "image": text("Image"),
    "image.expires_on": text("The image is gone from this day on"),
    "image.scope": text("What the image may be used for"),
    "in_short": text("In short"),
    "interviewers": text("Who ask the questions"),
    "invitation": text("Who tells a story from here?"),
    "job": text("Job"),
    "keywords": text("Words to find it by"),
    "label": text("What this figure is of"),
    "lead": text("Story on top"),
    "letter": text("Letter that readers send on"),
    "lead_time": text("When to begin"),
    "material": text("Material"),
    "may_be_public": text("What everybody may see"),
    "method": text("How it was studied"),
    "minor": text("Not 18 yet"),
    "municipality": text("Municipality"),
    "name": text("Name"),
    "needs": text("What you need"),
    "nominated_by": text("Nominated by"),
    "note": text("Note"),
    "object": text("The thing in the museum"),
    "object.expires_on": text("The image is gone from this day on"),
    "object.scope": text("What the image may be used for"),
    "organisation": text("Organisation"),
    "page": text("Page"),
    "people": text("More people on this page"),
    "person": text("Person"),
    "pseudonym": text("This is not the real name"),
    "puts_in": text("What goes in"),
    "question": text("Question to the council"),
    "quote": text("Quote"),
    "quote.text": text("The sentence"),
    "reasoning": text("Costs and benefits"),
    "recording": text("Sound"),
    "ref": text("Number in your own records"),
    "rhythm": text("Days between two letters"),
    "role": text("Role"),
    "roles": text("Who do it"),
    "rows": text("Figures"),
    "scope": text("What for"),
    "scores": text("Points of the jury"),
    "sentence": text("What it has to do with the story"),
    "shape": text("Shape"),
    "share": text("Words to share it with"),
    "since": text("Ambassador since"),
    "speaker": text("Who said it"),
    "src": text("File"),
    "status": text("Status"),
    "strength": text("How strong, from 1 to 5"),
    "summary": text("Summary"),
    "tags": text("Themes"),
    "text": text("Text"),
    "title": text("Title"),
    "until": text("Ambassador until"),
    "updated": text("Last change"),
    "weight": text("Place in the list"),
    "whole": text("What a full bar stands for"),
    "without_people": text("Nobody is seen or heard in it"),
    "work_field": text("Field of work"),
    "worksheet": text("Worksheet below the text"),
    "year": text("Year"),
    "yields": text("What came of it"),
}

CHOICES: Mapping[str, Text] = {
    "sroi": text("social return"),
    "case": text("one case"),
    "indicators": text("indicators to choose from"),
    "valid": text("yes, agreed"),
    "pending": text("not certain yet"),
    "withdrawn": text("withdrawn"),
    "expired": text("over"),
    "web": text("the site"),
    "social": text("social media"),
    "print": text("print"),
    "press": text("the press"),
    "national": text("the national site"),
    "members": text("the other organisations"),
    "worker": text("who does the work"),
    "alderman": text("the alderman"),
    "municipality": text("a municipality"),
    "person": text("a person"),
    "place": text("a place"),
    "nominee": text("nominated"),
    "winner": text("winner"),
    "bars": text("bars"),
    "line": text("a line through time"),
    "general": text("the general contact"),
}
"""What a choice is called, by its value, or by its key and value where that differs."""
