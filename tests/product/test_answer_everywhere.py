"""How all targets stand is the same sentence on every paper, in print, in Word and in the API."""

from io import BytesIO

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override
from docx import Document

from clusters.viewpoint import today
from foundation.frozen_data import LANGUAGES, canonical, sha256
from foundation.quarters import Quarter
from indicators.models import Briefing
from indicators.results.answer import answer
from indicators.results.scorecard import scorecard
from submissions.papers.issuing import issue_assessment, issue_briefing
from tests.factories import make_period, make_plan, make_target
from tests.province import make_province

pytestmark = pytest.mark.django_db
QUARTERS = {"briefing": Quarter(2025, 3), "assessment": Quarter(2025, 4)}


@pytest.fixture
def papers(reviewer):
    """A province with silent cities, and an issued paper of each kind."""
    make_province(silent=["370600", "371300"])
    make_period("2025Q4")
    make_target("clusters-established", kind="established", things="clusters", unit="count",
                value="3", short_name="集群", short_name_en="Clusters")  # fmt: skip
    return {
        "briefing": issue_briefing(today(QUARTERS["briefing"]), by=reviewer),
        "assessment": issue_assessment(make_plan(), today(QUARTERS["assessment"]), by=reviewer),
    }


@pytest.fixture
def ask(client, official):
    """Ask for an address in a language as an official."""
    client.force_login(official)

    def asked(address, language):
        client.cookies["django_language"] = language
        return client.get(address, headers={"Accept-Language": language})

    return asked


def expected(quarter, language):
    with override(language):
        return answer(scorecard(today(quarter)))


def word_lines(content):
    return [one.text for one in Document(BytesIO(content)).paragraphs]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", QUARTERS)
def test_every_surface_says_the_same_sentence(papers, ask, kind, language):
    sentence, paper = expected(QUARTERS[kind], language), papers[kind]
    assert len(sentence) > 10

    draft = "/briefing/2025Q3/" if kind == "briefing" else "/assessment/311/"
    for address in (draft, paper.get_absolute_url()):
        page = strip_tags(ask(address, language).content.decode())
        assert page.count(sentence) == 1, address
    lines = word_lines(ask(f"{paper.get_absolute_url()}docx/", language).content)
    assert lines.count(sentence) == 1
    assert paper.data["answer"][language] == sentence
    of_quarter = ask(f"/api/v1/indicators/?period={QUARTERS[kind]}", language).json()
    assert of_quarter["explanation"] == sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_issued_before_it_was_said_has_none_and_keeps_its_hash(papers, ask, language):
    told = papers["briefing"].data
    del told["answer"]
    content = canonical(told | {"number": "311-2026-99"})
    older = Briefing.objects.create(
        number="311-2026-99", content=content, sha256=sha256(content), year=2026, serial=99,
        **{name: getattr(papers["briefing"], name)
           for name in ("plan", "period", "as_of", "issued_at", "issued_by", "publication")},
    )  # fmt: skip
    page = ask(older.get_absolute_url(), language).content.decode()

    assert older.is_intact
    assert older.sha256 in page
    assert expected(QUARTERS["briefing"], language) not in strip_tags(page)


def test_the_api_keeps_the_explanation_of_each_row_and_files_are_as_before(papers, ask):
    listed = ask("/api/v1/indicators/?period=2025Q3", "en").json()
    assert (listed["count"], listed["next"]) == (len(listed["results"]), None)
    assert all(one["explanation"] for one in listed["results"])
    file = ask("/api/v1/indicators/?period=2025Q3&format=csv", "en").content.decode("utf-8-sig")
    assert file.startswith("code,")
    assert listed["explanation"] not in file
    described = ask("/api/v1/openapi.json", "en").json()
    assert "explanation" in described["components"]["schemas"]["IndicatorList"]["properties"]
