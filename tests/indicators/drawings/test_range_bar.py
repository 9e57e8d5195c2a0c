"""The bar of a target: what is drawn in each state, and that its texts never touch."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.drawings.range_bar import NARROWEST, range_bar
from indicators.formulas.certain_range import CertainRange
from indicators.formulas.likely_range import LikelyRange
from indicators.verdict.goal import Goal
from indicators.verdict.sentences import ValueKind
from tests.indicators.drawings.apart import cut_off, touching

D = Decimal
START, DEADLINE = Quarter(2022, 4), Quarter(2025, 4)
SHARE = Goal(D("0.5"), ">=", DEADLINE, D("0.4644"), START)
FIRMS = Goal(D("300"), ">=", DEADLINE, D("242"), START, annual=True)


def result(goal=SHARE, *, value=None, certain=(None, None), likely=None, projected=False, **more):
    """What a bar asks of a result; likely is of the quarter, or of the year if projected."""
    low, high = (None if end is None else D(end) for end in certain)
    ends = None
    if likely:
        known = [D(end) for end in likely]
        ends = LikelyRange(known[0], sum(known) / 2, known[-1]) if len(known) == 2 else None
        ends = ends or LikelyRange(None, known[0], None)
    count = goal is not SHARE
    return SimpleNamespace(
        **{
            "code": "target",
            "unit": "count" if count else "ratio",
            "written_as": ValueKind.FIRMS if count else ValueKind.SHARE,
            "indicator": SimpleNamespace(things=None, short_name="集群产值占比"),
            "verdict": SimpleNamespace(
                goal=goal, is_projected=projected, value=value and D(value), judged=None
            ),
            "value": value and D(value),
            "certain": CertainRange(low, high),
            "estimate": None if projected else ends,
            "projection": ends if projected else None,
            "shown": "50.5%—50.8%",
            "certain_words": "不高于53.3%",
            "goal": "不低于50%",
        }
        | more
    )


def texts(bar):
    return [label.text for label in bar.labels]


INCOMPLETE = result(certain=(None, "0.5326"), likely=("0.50595", "0.50754"))


def test_a_ceiling_is_a_cap_and_nothing_bounds_the_range_below():
    bar = range_bar(INCOMPLETE)

    assert (bar.certain.open_low, bar.certain.open_high) == (True, False)
    assert bar.certain.x == 0
    assert [round(cap, 6) for cap in bar.caps] == [round(bar.certain.width, 6)]
    assert bar.baseline < bar.target < bar.likely.x < bar.caps[0]
    assert texts(bar) == [
        "Target 50%",
        "Estimate",
        "at most 53.3%",
        "Baseline 46.44%",
    ]
    assert bar.dot is None


def test_a_floor_of_a_count_is_open_above_and_the_estimate_covers_its_whole_units():
    bar = range_bar(result(FIRMS, certain=("286", None), likely=("298", "300")))

    assert (bar.certain.open_low, bar.certain.open_high) == (False, True)
    assert bar.certain.x + bar.certain.width == 100
    # From 297.5 to 300.5: the target of 300 lies inside.
    assert bar.likely.x < bar.target < bar.likely.x + bar.likely.width
    assert "at least 286 firms" in texts(bar)


def test_a_complete_figure_is_one_dot_without_a_range():
    bar = range_bar(result(value="0.504", certain=("0.504", "0.504")))

    assert (bar.certain, bar.likely, bar.caps) == (None, None, ())
    assert (bar.dot > bar.target, bar.is_open) == (True, False)
    assert "50.4%" in texts(bar)


def test_a_projection_without_ends_is_an_open_dot_beside_what_is_certain_so_far():
    bar = range_bar(
        result(FIRMS, value="43", certain=("43", "43"), likely=("257",), projected=True)
    )

    assert bar.is_open
    assert bar.caps[0] < bar.baseline < bar.dot < bar.target
    assert bar.certain.open_high
    assert "at least 43 firms" in texts(bar)


def test_nothing_known_leaves_target_and_baseline():
    bar = range_bar(result())
    assert (bar.certain, bar.likely, bar.dot) == (None, None, None)
    assert texts(bar) == ["Target 50%", "Baseline 46.44%"]


def test_without_a_baseline_there_is_no_mark_of_it():
    goal = Goal(D("0.5"), ">=", DEADLINE)
    bar = range_bar(result(goal, value="0.504", unit="ratio", written_as=ValueKind.SHARE))
    assert bar.baseline is None
    assert texts(bar) == ["Target 50%", "50.4%"]


def test_things_and_figures_without_a_target_have_no_bar():
    assert range_bar(result(verdict=None)) is None
    things = SimpleNamespace(things="parks", short_name="园区")
    assert range_bar(result(indicator=things)) is None


def test_the_bar_says_in_words_what_it_shows():
    words = range_bar(INCOMPLETE).words
    for told in ("集群产值占比", "50.5%—50.8%", "不高于53.3%", "不低于50%"):
        assert told in words


SHARES = st.decimals("0", "1", places=4)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@given(st.lists(SHARES, min_size=3, max_size=3), SHARES, SHARES, st.booleans())
def test_no_two_texts_touch_whatever_the_shares(language, some, target, baseline, has_floor):
    low, high, ceiling = sorted(some)
    goal = Goal(target, ">=", DEADLINE, baseline, START)
    ends = (low, ceiling) if has_floor else (None, ceiling)
    given_result = result(
        goal, certain=ends, likely=(low, high), unit="ratio", written_as=ValueKind.SHARE
    )
    with translation.override(language):
        bar = range_bar(given_result)

    assert touching(bar.labels, NARROWEST) == []
    assert cut_off(bar.labels, NARROWEST) == []
    assert all(label.bottom <= bar.height for label in bar.labels)
    # Target and estimate are always named.
    assert {"strong"} <= {label.kind for label in bar.labels}
    assert len(bar.labels) >= 4


@given(st.lists(st.integers(0, 3000), min_size=3, max_size=3), st.integers(1, 3000))
def test_no_two_texts_touch_whatever_the_counts(some, baseline):
    floor, low, high = sorted(some)
    goal = Goal(D("300"), ">=", DEADLINE, D(baseline), START, annual=True)
    with translation.override("zh-hans"):
        bar = range_bar(result(goal, certain=(floor, None), likely=(low, high)))

    assert touching(bar.labels, NARROWEST) == []
    assert cut_off(bar.labels, NARROWEST) == []
