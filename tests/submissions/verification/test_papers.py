"""Planted faults of issued papers: forged content, a forged hash, a paper that is gone."""

from datetime import UTC, datetime, timedelta

import pytest

from clusters.viewpoint import today
from foundation.frozen_data import canonical, sha256
from foundation.quarters import Quarter
from indicators.models import Briefing
from submissions.papers.issuing import issue_briefing
from submissions.verification.checks import faults
from tests.audit.rewritten import erase
from tests.province import make_province
from tests.submissions.verification.conftest import without_guards

JANUARY = datetime(2026, 1, 31, 2, tzinfo=UTC)


@pytest.fixture
def issued(db, reviewer):
    """Three briefings, each after the other."""
    make_province()
    moments = [JANUARY + timedelta(days=day) for day in range(3)]
    return [
        issue_briefing(today(Quarter(2025, 3)), by=reviewer, issued_at=moment) for moment in moments
    ]


def found():
    names = ("paper-hashes", "paper-chain", "paper-numbers")
    return [(name, fault.place) for name, fault in faults(names)]


def forge(paper, *, with_hash, **changes):
    content = canonical(paper.data | changes)
    values = [content, sha256(content) if with_hash else paper.sha256, paper.pk]
    with without_guards() as cursor:
        cursor.execute(
            "UPDATE indicators_briefing SET content = %s, sha256 = %s WHERE id = %s", values
        )


def test_what_was_issued_is_whole(issued):
    assert [paper.data["previous"] is None for paper in issued] == [True, False, False]
    assert found() == []


def test_a_forged_paper_is_found_by_its_hash(issued):
    forge(issued[2], with_hash=False, accepted="99")
    assert found() == [("paper-hashes", issued[2].number)]


def test_a_forged_paper_with_a_forged_hash_is_found_by_the_one_after_it(issued):
    forge(issued[0], with_hash=True, accepted="99")
    assert found() == [("paper-chain", issued[1].number)]


def test_a_paper_under_the_number_of_another_is_found(issued):
    forge(issued[2], with_hash=True, number="311-2026-77")
    assert found() == [("paper-hashes", issued[2].number)]


def test_a_paper_that_is_gone_is_found(issued):
    with without_guards():
        erase(Briefing.objects.filter(pk=issued[1].pk))
    assert [name for name, _place in found()] == ["paper-chain", "paper-numbers"]
