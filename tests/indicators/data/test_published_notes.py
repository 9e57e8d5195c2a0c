"""Explanations on a paper: of its figures and quarter, those that stood at the moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clusters.viewpoint import today
from foundation.quarters import Quarter
from indicators.data import notes
from indicators.data.published_notes import IN_ASSESSMENT, IN_BRIEFING, notes_about, paper_notes
from indicators.data.snapshot_reader import snapshot
from tests.factories import make_period
from tests.province import make_province

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2025, 3)
SHARE = "target:cluster-output-share"


@pytest.fixture(autouse=True)
def written(db, reviewer):
    """A note on each kind of figure, and one on another quarter."""
    quarter = make_province()
    for about in ("park:qingdao-park", "city:370100", "cluster:jinan", SHARE):
        notes.write(about, quarter, f"因为 {about}", by=reviewer)
    notes.write(SHARE, make_period("2025Q2"), "另一季度", by=reviewer)


def read():
    return snapshot(today(QUARTER))


def test_a_paper_has_the_notes_on_its_figures_in_its_order():
    found = paper_notes(read(), QUARTER, IN_ASSESSMENT)

    assert [one["about"] for one in found] == [
        SHARE, "cluster:jinan", "city:370100", "park:qingdao-park"
    ]  # fmt: skip
    assert [one["about"] for one in paper_notes(read(), QUARTER, IN_BRIEFING)] == [
        SHARE, "cluster:jinan"
    ]  # fmt: skip
    share = found[0]
    assert share["name"] == {"zh-hans": "集群产值占比", "en": "Cluster share"}
    assert (share["text"], share["by"]) == (f"因为 {SHARE}", "reviewer")


def test_a_note_that_was_withdrawn_is_on_no_later_paper(reviewer):
    note = notes.Note.objects.get(about="cluster:jinan")
    notes.withdraw(note, by=reviewer)

    assert [one.text for one in notes_about(read(), SHARE, QUARTER)] == [f"因为 {SHARE}"]
    assert notes_about(read(), "cluster:jinan", QUARTER) == []


def test_a_look_back_has_the_notes_of_that_day():
    notes.Note.objects.update(written_at=timezone.now() - timedelta(days=9))
    viewpoint = today(QUARTER)
    as_of = viewpoint.day - timedelta(days=20)
    assert notes_about(snapshot(viewpoint), SHARE, QUARTER)
    assert not notes_about(
        snapshot(type(viewpoint)(QUARTER, as_of, viewpoint.moment)), SHARE, QUARTER
    )
