from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from submissions.papers.paper_sheet import assessment_sheet, briefing_sheet, shown

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


def sheet(changes=0, **more):
    rows = [{"key": str(number), "thing": "x"} for number in range(changes)]
    return briefing_sheet({"plan": None, "changes": rows, **more}, "ab")


def test_a_briefing_has_every_change():
    found = sheet(30)

    assert [one["key"] for one in found["changes"]] == [str(n) for n in range(30)]
    assert found["sha256"] == "ab"


def test_a_briefing_has_every_note_and_one_of_before_notes_were_kept_has_none():
    note = {"about": "x", "by": "reviewer", "at": "2026-01-31T17:00:00+00:00", "name": "x"}

    [found] = sheet(notes=[note | {"text": "字" * 1000}])["notes"]
    assert found["text"] == "字" * 1000
    assert found["at"] == datetime(2026, 1, 31, 17, tzinfo=UTC)
    assert sheet()["notes"] == []


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
