"""Promise 10: an author's slip is a sentence with its place, once, all of them in one run."""

from __future__ import annotations

from helpers.sites import ANOUK, BAS, COR, OWN, Campaign


class Test10ASlipIsASentence:
    """Each kind of slip is in test_problems.py, with its place."""

    def test_all_in_one_run_each_once_in_order_with_a_hint(self, campaign: Campaign) -> None:
        campaign.edit("content/contact.md", "(verhalen/anouk.md)", "(verhalen/anouck.md)")
        campaign.edit("content/index.md", "figures: [deuren]", "figures: [duren]")
        campaign.edit(ANOUK, "tags: [wonen]", "tags: [wone]")
        campaign.edit(BAS, "summary:", "sumary:")
        campaign.edit(COR, "2026-05-01", "01-05-2026")
        campaign.edit("content/toolkit/raad.md", "effort: Een avond.\n", "")
        campaign.edit(OWN, "'#c8102e'", "'#c8102'")
        report = campaign.build()
        assert report.problems == [
            f"{OWN}:3:9: error: '#c8102' is not a colour",
            "content/contact.md:5:41: warning: there is no page or file 'verhalen/anouck.md'",
            "content/index.md:5:11: error: there is no fact 'duren' in the register",
            "content/toolkit/raad.md:2:1: error: 'effort' is missing",
            f"{ANOUK}:5:8: error: 'wone' is not one of the themes in site.yaml",
            f"{BAS}:3:1: error: unknown key 'sumary'",
            f"{COR}:4:7: error: '01-05-2026' is not a date ('date')",
        ]
        assert report.hints == [
            report.hints[0],
            "did you mean '/verhalen/anouk.md'?",
            "did you mean 'deuren'?",
            "",
            "did you mean 'wonen'?",
            "did you mean 'summary'?",
            "write year-month-day: 2026-05-01",
        ]
        assert report.hints[0]

    def test_a_warm_run_repeats_the_warnings(self, campaign: Campaign) -> None:
        campaign.edit("content/contact.md", "Bel", "<marquee>Bel</marquee> {{ telefon }}")
        campaign.edit(BAS, "status: valid", "status: pending")
        campaign.edit("content/contact.md", "anouk.md", "bas.md")
        first, again = campaign.build(), campaign.build()
        assert first.status == again.status == 0
        assert len(first.problems) == 4
        assert again.problems == first.problems
        assert (again.made, again.parsed) == ([], [])
        campaign.edit(COR, "vierde", "vijfde")
        assert campaign.build().problems == first.problems

    def test_one_mistake_in_a_template_is_told_once(self, campaign: Campaign) -> None:
        campaign.with_own("templates")
        campaign.edit("templates/base.html", "<main", "{{ nergens }}<main")
        problem = campaign.build().only()
        assert problem["path"] == "templates/base.html"
        assert "'nergens' is undefined" in problem["message"]

    def test_one_mistake_in_the_register_is_told_once(self, campaign: Campaign) -> None:
        campaign.edit("content/feiten.yaml", "value: 64", "value: veel")
        problem = campaign.build().only()
        assert (problem["path"], problem["line"], problem["column"]) == ("content/feiten.yaml", 3, 10)

    def test_one_unreadable_text_is_told_once_not_by_all_that_link_to_it(self, campaign: Campaign) -> None:
        campaign.edit(ANOUK, "title:", "title: x: ")
        assert campaign.build().only()["path"] == ANOUK

    def test_a_mistake_in_the_site_s_settings_hides_no_other(self, campaign: Campaign) -> None:
        campaign.edit("content/site.yaml", "slogan:", "slogen:")
        campaign.edit(BAS, "summary:", "sumary:")
        report = campaign.build()
        assert {p["path"] for p in report.data["problems"]} == {"content/site.yaml", BAS}
        assert f"{BAS}:3:1: error: unknown key 'sumary'" in report.problems

    def test_a_mistake_in_a_template_and_one_in_a_text_are_told_together(self, campaign: Campaign) -> None:
        campaign.with_own("templates")
        campaign.edit("templates/story.html", "<dl ", "{% if %}<dl ")
        campaign.edit(BAS, "summary:", "sumary:")
        assert {p["path"] for p in campaign.build().data["problems"]} == {"templates/story.html", BAS}

    def test_check_says_what_build_would_and_writes_no_site(self, campaign: Campaign) -> None:
        campaign.edit(BAS, "summary:", "sumary:")
        campaign.edit(COR, "status: valid", "status: pending")
        checked = campaign.run("check")
        assert checked.status == 1
        assert not campaign.site.exists()
        assert campaign.build().problems == checked.problems

    def test_a_name_cannot_drive_a_terminal(self, campaign: Campaign) -> None:
        campaign.write("content/nieuws/start.md", b'---\ntitle: x\n"\\e[31m": 1\n---\n')
        said = campaign.build().said
        assert "\x1b" not in said
        assert "\\x1b[31m" in said
