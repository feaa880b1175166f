"""The mail about all sites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import sites
from helpers.mail import Inbox, inbox
from helpers.sites import BRAND, Campaign
from microsite import cli

pytestmark = pytest.mark.external

MONDAY, SUNDAY = "2026-11-23", "2026-11-22"


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    campaign = sites.campaign(tmp_path / "c")
    campaign.add_member("lid")
    return campaign


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    with inbox() as server:
        monkeypatch.setenv("MAIL_TO", "redactie@voorbeeld.example, techniek@voorbeeld.example")
        monkeypatch.setenv("MAIL_FROM", "Nacht <nacht@voorbeeld.example>")
        monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("SMTP_PORT", str(server.port))
        yield server


def _notify(campaign: Campaign, day: str, *notes: str) -> int:
    more = [part for note in notes for part in ("--note", note)]
    command = ["notify", "--project", str(campaign.root), "--output", str(campaign.output), "--date", day]
    return cli.main([*command, *more])


def test_all_is_well_on_mondays_only(campaign: Campaign, mail: Inbox) -> None:
    campaign.edit(sites.ANOUK, "expires_on: 2028-01-01", "expires_on: 2026-12-10")
    assert campaign.build("--all").status == 0
    assert _notify(campaign, SUNDAY) == 0
    assert mail.mails == []
    assert _notify(campaign, MONDAY) == 0
    (sent,) = mail.mails
    assert sent["Subject"] == "Sites: all are up to date (2)"
    assert "consents that end within 30 days: C-11" in sent.get_content()
    assert mail.recipients == ["redactie@voorbeeld.example", "techniek@voorbeeld.example"]


def test_what_is_wrong_is_mailed_each_day_without_a_word_of_a_text(campaign: Campaign, mail: Inbox) -> None:
    assert campaign.build("--all").status == 0
    campaign.edit(sites.ANOUK, "status: valid", "status: withdrawn")
    campaign.write("brands/lid/brand.yaml", "region: Anouk\n")
    campaign.build("--all")
    assert _notify(campaign, SUNDAY, "Fetched nothing.") == 0
    (sent,) = mail.mails
    said = sent.get_content().replace("\r\n", "\n")
    assert sent["Subject"] == "Sites: Fetched nothing."
    assert "sites that are published without what is wrong: 1\n  lid\n    2 × '…' is missing" in said
    assert "Anouk" not in said
    assert BRAND not in said


def test_no_site_at_all_is_the_worst(campaign: Campaign, mail: Inbox) -> None:
    assert _notify(campaign, SUNDAY) == 0
    assert mail.mails[0]["Subject"] == "Sites: no site is known: nothing was built"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MAIL_TO", "", "no mail is sent: set MAIL_TO"),
        ("SMTP_PORT", "smtp", "SMTP_PORT is not a number"),
        ("SMTP_PORT", "1", "the mail could not be sent"),
        ("SMTP_PASSWORD", "geheim", "127.0.0.1 offers no TLS"),
    ],
)
def test_what_cannot_be_sent_is_an_error(
    campaign: Campaign,
    mail: Inbox,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv(name, value)
    assert _notify(campaign, SUNDAY) == 1
    assert sentence in capsys.readouterr().err
    assert mail.mails == []
