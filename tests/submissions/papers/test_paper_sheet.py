from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from submissions.papers.paper_sheet import (
    CHANGES,
    KEPT_CHANGES,
    assessment_sheet,
    briefing_sheet,
    shown,
)

DATA = {
    "number": "311-2026-01",
    "as_of": "2026-01-31",
    "issued_at": "2026-01-31T10:00:00+00:00",
    "clusters": [
        {"name": {"zh-hans": "济南", "en": "Jinan"}, "share": "0.5", "output_value": None}
    ],
    "changes": [],
}


def test_figures_days_and_moments_come_as_such_and_silence_stays_none():
    data = shown(DATA)

    assert data["number"] == "311-2026-01"
    assert data["as_of"] == date(2026, 1, 31)
    assert data["issued_at"] == datetime(2026, 1, 31, 10, tzinfo=UTC)
    assert data["clusters"][0] == {"name": "Jinan", "share": Decimal("0.5"), "output_value": None}


def test_names_come_in_the_readers_language():
    with translation.override("zh-hans"):
        assert shown(DATA)["clusters"][0]["name"] == "济南"


def test_a_standing_stays_a_word():
    row = {"kind": "status", "before": "behind", "after": "on_pace", "difference": None}
    assert shown(row) == row


def sheet(changes=0, words=1, laggards=0, more=()):
    sentence = {"zh-hans": "字" * words, "en": "字" * words}
    return briefing_sheet(
        {
            "plan": None,
            "demonstration": False,
            "targets": [{"name": "x", "sentences": [sentence] * 3}] * 2,
            "clusters": [],
            "enterprises": {"tiers": []},
            "laggards": [{}] * laggards,
            "changes": [{"key": str(n), "thing": "x"} for n in range(changes)],
            **dict(more),
        },
        "ab",
    )


def test_where_names_are_so_long_that_a_page_would_not_hold_them_there_are_fewer_changes():
    long = sheet(changes=CHANGES, words=400)
    assert 0 < len(long["changes"]) < CHANGES
    assert len(long["changes"]) + long["more_changes"] == CHANGES


def test_changes_are_given_while_they_fit_readably_and_then_cut_and_it_says_by_how_many():
    assert len(sheet(changes=CHANGES + 3)["changes"]) == CHANGES + 3
    assert sheet(changes=CHANGES + 3)["more_changes"] == 0
    crowded = sheet(changes=CHANGES + 3, words=230)
    assert len(crowded["changes"]) == CHANGES
    assert crowded["more_changes"] == 3
    assert sheet()["sha256"] == "ab"


@pytest.mark.parametrize(
    ("given", "density"),
    [
        ({}, "roomy"),
        ({"changes": 8, "words": 70, "laggards": 16}, "close"),
        ({"changes": 8, "words": 180, "laggards": 16}, "tight"),
    ],
)
def test_the_more_there_is_the_closer_the_lines(given, density):
    assert sheet(**given)["density"] == density


def noted(*texts, **given):
    note = {"about": "x", "by": "reviewer", "at": "2026-01-31T17:00:00+00:00", "name": "x"}
    return {"notes": [note | {"text": text} for text in texts]} | given


def test_notes_that_the_page_holds_are_on_it_and_the_others_are_counted():
    short = sheet(more=noted("字", "词"))
    assert [one["text"] for one in short["notes"]] == ["字", "词"]
    assert short["notes"][0]["at"] == datetime(2026, 1, 31, 17, tzinfo=UTC)
    long = sheet(more=noted(*["字" * 1000] * 4), changes=CHANGES)
    assert (len(long["notes"]), long["more_notes"]) == (2, 2)
    assert (len(long["changes"]), long["more_changes"]) == (KEPT_CHANGES, CHANGES - KEPT_CHANGES)


def test_a_briefing_of_before_notes_were_kept_has_none():
    old = sheet()
    assert (old["notes"], old["more_notes"]) == ([], 0)


def test_days_late_are_whole_numbers_and_what_a_block_is_held_to_is_a_day():
    light = {"status": "past_date", "days_late": "333", "held_to": "2025-12-31", "days_left": None}
    assert shown({"light": light})["light"] == {
        "status": "past_date", "days_late": 333, "held_to": date(2025, 12, 31), "days_left": None
    }  # fmt: skip


def change(measure, before, after, kind="count", key="target:firms"):
    return {
        "key": f"{key}:{measure}", "measure": measure, "kind": kind,
        "before": before, "after": after,
    }  # fmt: skip


def why(*rows, period="2025Q3", previous="2025Q2"):
    """Why the figures of changes between two papers have no value, before and after."""
    data = {"period": period, "previous": {"period": previous}, "parks": [], "changes": rows}
    return [
        (one["no_figure"]["before"], one["no_figure"]["after"])
        for one in assessment_sheet(data)["changes"]
    ]


def test_a_projection_of_a_year_that_is_over_has_ended_and_is_not_unreported():
    ended, begun = change("projection", "298", None), change("projection", None, "20")
    assert why(ended, period="2025Q4", previous="2025Q3") == [("", "year_over")]
    assert why(begun, period="2026Q1", previous="2025Q4") == [("year_over", "")]
    assert why(change("value", "298", None), period="2025Q4") == [("", "incomplete")]


@pytest.mark.parametrize("measure", ["value", "projection", "numerator", "denominator"])
def test_what_a_target_has_not_while_a_city_is_silent_is_not_complete(measure):
    assert why(change(measure, None, "298")) == [("incomplete", "")]


def test_a_place_that_has_no_figure_has_not_reported():
    assert why(change("output_value", None, "7", key="cluster:jinan")) == [("", "")]


def test_of_a_target_that_a_paper_does_not_have_nothing_is_said():
    rows = change("standing", None, "behind", "status"), change("value", None, "298")
    assert why(*rows) == [("absent", ""), ("absent", "")]
    other = change("value", None, "298", key="target:share")
    assert why(rows[0], other) == [("absent", ""), ("incomplete", "")]


def drawn(*rows, language="zh-hans"):
    """The table of changes between two papers."""
    with translation.override(language):
        data = {"period": "2025Q3", "previous": {}, "parks": [], "changes": rows}
        given = {"rows": assessment_sheet(data)["changes"], "before": "x", "after": "y"}
        return render_to_string("submissions/_paper_changes.html", given)


def test_the_table_says_not_complete_and_never_that_nobody_reported():
    thing = {"thing": {"zh-hans": "企业数", "en": "Firms"}, "difference": None}
    page = drawn(
        change("value", "298", None) | thing,
        change("projection", None, "300") | thing,
        change("standing", "on_pace", "cannot_judge", "status") | thing,
        change("estimate", None, "297..301", "count_range") | thing,
    )
    assert page.count("未报齐") == 2
    assert "暂无法判定" in page
    assert "未上报" not in page
    city = change("output_value", "7", None, "amount", key="cluster:jinan") | thing
    assert "未上报" in drawn(city)
