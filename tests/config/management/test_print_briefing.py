"""A4, one page unless there is too much to say; Chinese that can be selected; nothing cut."""

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from clusters.viewpoint import today
from foundation.quarters import Quarter
from submissions.papers.issuing import issue_briefing
from tests.depth import DEEP
from tests.factories import CITIES, make_period
from tests.programs import program
from tests.province import make_province
from tests.submissions.papers.printed_papers import (
    ALL_NAMES,
    LONG_NAME,
    long_winded,
    plain,
    whole_page,
)

HEADINGS = ("一、目标进展", "二、尚缺数据的市", "三、较上期简报的变动", "四、集群、园区、企业")
LAST_LINE = "所知。"


@pytest.fixture
def printed(tmp_path, db):
    """Return a function: print and return the file."""
    program("chromium", "chromium fonts-noto-cjk")

    def act(*arguments, **options):
        to = tmp_path / "briefing.pdf"
        call_command("print_briefing", *arguments, to=to, **options)
        return to

    return act


@pytest.mark.browser
def test_an_ordinary_quarter(printed):
    make_province(silent=["370600", "371300"])

    text = whole_page(printed("2025Q3"), of=[*HEADINGS, LAST_LINE, "烟台市", "草稿"])
    assert not [one for one in text if "\u2e80" <= one <= "\u2fd5"], "radicals, not signs"
    assert "已报14/16市" in text


@pytest.mark.browser
def test_an_issued_one_with_number_and_hash_and_without_the_watermark(printed, reviewer):
    make_province()
    issued = issue_briefing(today(Quarter(2025, 3)), by=reviewer)

    text = whole_page(
        printed("2025Q3", number=issued.number), of=[*HEADINGS, issued.number, issued.sha256]
    )
    assert "草稿" not in text


@pytest.mark.browser
# The more cities are silent the longer is one section, and the shorter another: the two ends.
@pytest.mark.parametrize("speaking", [0, 1, 8, 16] if DEEP else [0, 16])
def test_the_longest_names_and_most_cities_missing(printed, reviewer, speaking):
    long_winded(reviewer, speaking=list(CITIES)[:speaking])

    pages = PdfReader(printed("2025Q3")).pages
    assert len(pages) == 2
    text = plain("".join(page.extract_text() for page in pages), alike=True)
    for words in (*HEADINGS, *ALL_NAMES, LONG_NAME[:20], "不可相加", LAST_LINE):
        assert plain(words, alike=True) in text


def test_without_a_browser_it_says_how_to_install_one(db, tmp_path, monkeypatch):
    make_period("2025Q3")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CommandError, match="apt-get install chromium"):
        call_command("print_briefing", "2025Q3", to=tmp_path / "x.pdf")


@pytest.mark.parametrize(
    ("period", "number", "words"),
    [
        ("spring", None, "2025Q3"),
        ("2031Q1", None, "2031Q1"),
        ("2025Q3", "311-1999-01", "311-1999-01"),
    ],
)
def test_what_is_not_there_is_explained(db, tmp_path, monkeypatch, period, number, words):
    make_period("2025Q3")
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CommandError, match=words):
        call_command("print_briefing", period, to=tmp_path / "x.pdf", number=number)


def test_a_browser_that_fails_is_explained(db, tmp_path, monkeypatch):
    make_province()
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\necho cannot open display >&2\nexit 1\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    with pytest.raises(CommandError, match="cannot open display"):
        call_command("print_briefing", "2025Q3", to=tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()
