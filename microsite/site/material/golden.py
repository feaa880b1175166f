"""What the golden awards need on paper: a certificate of each winner, and the form for the jury."""

from __future__ import annotations

from collections.abc import Iterator

from microsite.content.front_matter import Golden
from microsite.content.kinds import made_up
from microsite.core.problems import text
from microsite.core.records import replace
from microsite.rendering.print.sheets import CertificateView, JuryView
from microsite.site.context import SiteContext
from microsite.site.material.item import MaterialFile, credit
from microsite.site.material.printed import Print, Printing, last_change
from microsite.site.page import MOST_POINTS

CERTIFICATES = (
    Print("certificate", "oorkonde-a4", text("Certificate, A4"), "a4"),
    Print(
        "certificate",
        "oorkonde-a4-drukwerk",
        text("Certificate, A4, for a printing office (3 mm bleed)"),
        "a4",
        True,
    ),
)
JURY = Print("jury", "goud/juryformulier-a4", text("Form for the jury, A4"), "a4", on_site=True)

AWARDS = {
    "municipality": text("Golden municipality"),
    "person": text("Golden person"),
    "place": text("Golden place"),
}


def golden_material(context: SiteContext, printing: Printing) -> Iterator[MaterialFile]:
    """The certificates of winners who agreed to print, and the form for the jury where there are criteria."""
    if not printing:
        return
    site, translate = context.library.site, context.translate
    nominated = [page for page in context.library.pages if isinstance(page.meta, Golden)]
    for page in nominated:
        meta = page.meta
        if not isinstance(meta, Golden) or meta.status != "winner" or "print" not in page.channels:
            continue
        name = meta.municipality if meta.award == "municipality" else ""
        remark = translate(made_up(page.kind, meta)) if meta.fictional else ""
        image = context.image(page, "print") if meta.person else None
        view = CertificateView(
            page.document.language or site.language,
            meta.title,
            f"{translate(AWARDS[meta.award])} {meta.year}",
            name or (meta.person.name if meta.person else meta.title),
            meta.summary,
            remark,
            translate(text("On behalf of the jury")),
            translate(text("Date")),
            page.figure.alt if page.figure and image else "",
            credit(page, image),
        )
        note = context.photo_note(page, "print") if meta.person else None
        for kind in CERTIFICATES:
            file = kind.file(printing, view, page, image.source if image else None)
            yield replace(file, note=note, credit=view.credit)
    if nominated and site.criteria:
        form = JuryView(
            site.language,
            translate(text("What is golden about it?")),
            translate(text("Nominated")),
            translate(text("Member of the jury")),
            translate(
                text(
                    "Give nought to {most} points to each question. They help to talk about the same "
                    "things; they measure nothing.",
                    most=MOST_POINTS,
                )
            ),
            translate(text("What do you see that in?")),
            tuple(question for _, question in site.criteria),
            MOST_POINTS,
        )
        yield JURY.file(printing, form, changed=last_change(nominated))
