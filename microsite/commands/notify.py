"""``notify``: a mail about all sites, from their index: with no name or word from a text."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import smtplib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from microsite.commands import reports
from microsite.commands.errors import CommandError
from microsite.core.problems import Text, Translate, text
from microsite.core.records import Record
from microsite.core.settings import Project

_MONDAY = 0
_TLS_PORT = 465
_SECONDS = 60


class MailServer(Record):
    """Which server sends mail, with whose account, from which address, and to which ones."""

    host: str
    port: int
    sender: str
    to: tuple[str, ...]
    user: str = ""
    password: str = ""

    @classmethod
    def from_environment(cls) -> MailServer:
        """Raises CommandError when a setting is missing or is no number."""
        found = {name: os.environ.get(name, "").strip() for name in _SETTINGS}
        if missing := [name for name in ("MAIL_TO", "MAIL_FROM") if not found[name]]:
            raise CommandError(text("no mail is sent: set {names}", names=", ".join(missing)))
        host, port = found["SMTP_HOST"] or "localhost", found["SMTP_PORT"] or "25"
        if not port.isdigit():
            raise CommandError(text("no mail is sent: SMTP_PORT is not a number"))
        to = tuple(filter(None, (one.strip() for one in found["MAIL_TO"].split(","))))
        return cls(host, int(port), found["MAIL_FROM"], to, found["SMTP_USER"], found["SMTP_PASSWORD"])


_SETTINGS = ("MAIL_TO", "MAIL_FROM", "SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD")


def notify(project: Project, notes: Sequence[str], day: dt.date, translate: Translate) -> None:
    """Mail what is wrong with the sites; on Mondays also what is well, and what ends within 90 days.

    On other days nothing is sent when all is well and there are no ``notes``: sentences of who calls, such
    as that the campaign could not be fetched. Settings are in the environment, see ``docs/hub/README.md``.

    Raises CommandError when there is something to say that cannot be sent.
    """
    members: Mapping[str, Any] = {}
    with contextlib.suppress(OSError, ValueError):  # that there is none is told
        members = reports.read_index(project.output).members
    wrong = [*notes, *_wrong(members, translate)]
    if not wrong and day.weekday() != _MONDAY:
        print(text("all is well: no mail today").render(translate))
        return
    server = MailServer.from_environment()
    mail = EmailMessage()
    mail["From"], mail["To"] = server.sender, ", ".join(server.to)
    mail["Subject"] = _subject(len(members), wrong, translate)
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2].strip("> "))
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n".join((*wrong, *_ending(members, translate), "", _ABOUT.render(translate), "")))
    try:
        _send(server, mail)
    except (OSError, smtplib.SMTPException) as error:
        raise CommandError(text("the mail could not be sent: {reason}", reason=str(error))) from None
    print(text("mailed to {to}", to=mail["To"]).render(translate))


_ABOUT = text(
    "What it is about, with file and line: python3 build.py check --brand NAME."
    " No name or word of a text is in this mail."
)


def _subject(members: int, wrong: Sequence[str], translate: Translate) -> str:
    if wrong:
        return text("Sites: {first}", first=wrong[0]).render(translate)
    return text("Sites: all are up to date ({count})", count=members).render(translate)


def _wrong(members: Mapping[str, Any], translate: Translate) -> Iterator[str]:
    """What is wrong, the most urgent first."""
    if not members:
        yield text("no site is known: nothing was built").render(translate)
    for sentence, chosen in (
        (_OVERDUE, [id for id, one in members.items() if one["overdue"]]),
        (_NONE, [id for id, one in members.items() if one["site"] == "none"]),
        (_LAST_GOOD, [id for id, one in members.items() if one["site"] == "last good"]),
        (_REDUCED, [id for id, one in members.items() if one["site"] == "reduced"]),
        (_MISSING, [id for id, one in members.items() if one["missing_consents"]]),
    ):
        if not chosen:
            continue
        yield sentence.format(count=len(chosen)).render(translate)
        for id in chosen:
            yield f"  {id}"
            for problem in members[id]["problems"]:
                if problem["severity"] == "error":
                    yield f"    {problem['count']} × {problem['sentence']}"
        yield ""


_OVERDUE = text("URGENT: sites that show who may not be shown any more: {count}")
_NONE = text("members without a site: {count}")
_LAST_GOOD = text("sites that are not renewed, so that the last good one stays: {count}")
_REDUCED = text("sites that are published without what is wrong: {count}")
_MISSING = text("sites of which a text is gone whose consent did not end: {count}")


def _ending(members: Mapping[str, Any], translate: Translate) -> Iterator[str]:
    """The consents and figures that end soon, by their references: each once, however many sites show it."""
    for key, ended, ending in (("consents", _CONSENTS_OVER, _CONSENTS), ("facts", _FACTS_OVER, _FACTS)):
        days = sorted({int(day) for one in members.values() for day in one[key]})
        for within in days:
            names = sorted({name for one in members.values() for name in one[key].get(str(within), ())})
            if names:
                sentence: Text = ending if within else ended
                yield sentence.format(days=within, names=", ".join(names)).render(translate)


_CONSENTS_OVER = text("consents that have ended: {names}")
_CONSENTS = text("consents that end within {days} days: {names}")
_FACTS_OVER = text("figures that have ended: {names}")
_FACTS = text("figures that end within {days} days: {names}")


def _send(server: MailServer, mail: EmailMessage) -> None:
    """Over TLS where the server offers it; a password goes over nothing else."""
    context = ssl.create_default_context()
    with _connection(server, context) as connection:
        connection.ehlo()
        safe = server.port == _TLS_PORT
        if not safe and connection.has_extn("starttls"):
            connection.starttls(context=context)
            safe = True
        if server.password:
            if not safe:
                raise CommandError(text("no mail is sent: {host} offers no TLS", host=server.host))
            connection.login(server.user, server.password)
        connection.send_message(mail)


def _connection(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.port == _TLS_PORT:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
