"""Tests of the sentence that explains a verdict."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.quarters import Quarter
from indicators.sentences import Kind, at_end_of, explain, names, standing_word
from indicators.standing import Coverage, Goal, Standing, judge

START, DEADLINE = Quarter(2022, 4), Quarter(2025, 4)
FIRMS = Goal(Decimal("300"), ">=", DEADLINE, Decimal("220"), START, annual=True)
SHARE = Goal(Decimal("0.500000"), ">=", DEADLINE)
ALL, TWO_SILENT = Coverage(16, 16), Coverage(14, 16, ("370600", "371300"))


def sentence(value, goal=FIRMS, quarter="2024Q4", kind=Kind.FIRMS, missing=(), **more):
    """The sentence for a value."""
    figures = {
        name: Decimal(figure) if isinstance(figure, str) else figure
        for name, figure in more.items()
    }
    value = None if value is None else Decimal(value)
    verdict = judge(value, goal, Quarter.parse(quarter), **figures)
    return explain(verdict, kind, missing=missing)


def test_the_worked_example():
    assert sentence("251", coverage=ALL) == (
        "End of 2024: 251 firms; from 220 to 300, 39% of the way, 67% due; "
        "28 points behind (yellow from 10, red over 30); 16/16 cities accepted."
    )


def test_two_silent_cities_that_could_unmake_the_target():
    assert sentence(
        "0.5180", SHARE, "2025Q4", Kind.SHARE, ["Yantai", "Linyi"],
        low="0.4891", high="0.5180", coverage=TWO_SILENT,
    ) == (
        "Cannot judge yet: Yantai and Linyi have not reported and could move it "
        "from 51.8% to 48.9%; the target is at least 50%; 14/16 cities accepted."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "asked"),
    [
        pytest.param(
            "End of 2025: 300 firms; from 220 to 300, 100% of the way, 100% due; "
            "the target of at least 300 firms is met.",
            {"value": "300", "quarter": "2025Q4"},
            id="met exactly",
        ),
        pytest.param(
            "End of Q1 2025: 51.2%; the target of at least 50% is met.",
            {"value": "0.5123", "goal": SHARE, "kind": Kind.SHARE, "quarter": "2025Q1"},
            id="a share met, without a baseline",
        ),
        pytest.param(
            "End of 2025: 299 firms; from 220 to 300, 99% of the way, 100% due; the target of at "
            "least 300 firms was due by the end of 2025 and is missed, which is never better than "
            "behind; 1 point behind (yellow from 10, red over 30).",
            {"value": "299", "quarter": "2025Q4"},
            id="missed by one firm",
        ),
        pytest.param(
            "End of 2025: 49.996%; the target of at least 50% was due by the end of 2025 and is "
            "missed, which is never better than behind.",
            {"value": "0.49996", "goal": SHARE, "kind": Kind.SHARE, "quarter": "2025Q4"},
            id="missed by less than a rounding",
        ),
        pytest.param(
            "End of 2024: 280 firms; from 220 to 300, 75% of the way, 67% due; "
            "8 points ahead of the pace.",
            {"value": "280"},
            id="ahead",
        ),
        pytest.param(
            "End of Q2 2024: 260 firms; from 220 to 300, 50% of the way, 50% due; on pace.",
            {"value": "260", "quarter": "2024Q2", "goal": replace(FIRMS, annual=False)},
            id="exactly on pace",
        ),
        pytest.param(
            "End of Q2 2025: 90 firms secured, 310 firms expected by the year's end; from 220 to "
            "300, that is 113% of the way, 100% due by the year's end; "
            "13 points ahead of the pace.",
            {"value": "90", "quarter": "2025Q2", "judged_value": "310"},
            id="projected",
        ),
        pytest.param(
            "End of Q3 2025: 300 firms secured; the target of at least 300 firms is met.",
            {"value": "300", "quarter": "2025Q3"},
            id="secured early, nothing projected",
        ),
        pytest.param(
            "End of 2024: 251 firms; from 220 to 300, 39% of the way, 67% due; 28 points behind "
            "(yellow from 10, red over 30); Yantai could still make it anything from 251 firms "
            "to 255 firms, which would not change this; 15/16 cities accepted.",
            {"value": "251", "low": "251", "high": "255", "missing": ["Yantai"],
             "coverage": Coverage(15, 16)},
            id="silence that changes nothing",
        ),
        pytest.param(
            "End of 2024: 251 firms; from 220 to 300, 39% of the way, 67% due; 28 points behind "
            "(yellow from 10, red over 30); the cities still silent could make it anything from "
            "251 firms to 255 firms, which would not change this.",
            {"value": "251", "low": "251", "high": "255"},
            id="silence without names",
        ),
    ],
)  # fmt: skip
def test_a_standing_is_explained(expected, asked):
    assert sentence(**asked) == expected


@pytest.mark.parametrize(
    ("expected", "asked"),
    [
        pytest.param(
            "Cannot judge yet: there is no accepted figure for the end of Q1 2025; "
            "0/16 cities accepted.",
            {"value": None, "quarter": "2025Q1", "coverage": Coverage(0, 16)},
            id="nothing reported",
        ),
        pytest.param(
            "End of 2024: 45.0%; at least 50% due by the end of 2025; cannot judge yet: "
            "without a baseline there is no pace to hold it against; 16/16 cities accepted.",
            {"value": "0.45", "goal": SHARE, "kind": Kind.SHARE, "coverage": ALL},
            id="no baseline",
        ),
        pytest.param(
            "End of 2024: 299 firms; at least 300 firms due by the end of 2025; cannot judge yet: "
            "the baseline leaves no way to the target that could be measured.",
            {"value": "299", "goal": replace(FIRMS, baseline=Decimal("300"))},
            id="no distance",
        ),
        pytest.param(
            "End of 2024: 299 firms; at least 300 firms due by the end of 2025; cannot judge yet: "
            "baseline, interim points and deadline are not in order.",
            {"value": "299", "goal": replace(FIRMS, baseline_at=DEADLINE)},
            id="no line",
        ),
        pytest.param(
            "End of Q2 2024: 90 firms secured; at least 300 firms due by the end of 2025; cannot "
            "judge yet: there is no projection to the year's end.",
            {"value": "90", "quarter": "2024Q2"},
            id="no projection",
        ),
        pytest.param(
            "End of Q2 2026: 90 firms secured, 310 firms expected by the year's end; at least 300 "
            "firms due by the end of 2025; cannot judge yet: the deadline has passed, and the "
            "count of this year is not complete.",
            {"value": "90", "quarter": "2026Q2", "judged_value": "310"},
            id="a later year",
        ),
        pytest.param(
            "End of 2024: 251 firms; cannot judge yet: Yantai has not reported, and nothing on "
            "record says how far that could move it; 15/16 cities accepted.",
            {"value": "251", "missing": ["Yantai"], "coverage": Coverage(15, 16)},
            id="nothing bounds the silence",
        ),
        pytest.param(
            "End of 2024: 251 firms; cannot judge yet: cities have not reported, and nothing on "
            "record says how far they could move it; 15/16 cities accepted.",
            {"value": "251", "coverage": Coverage(15, 16)},
            id="nor are they named",
        ),
        pytest.param(
            "Cannot judge yet: Yantai has not reported and could move it from 251 firms to "
            "270 firms; that would be anything from “Behind” to “Slightly behind”.",
            {"value": "251", "low": "251", "high": "270", "missing": ["Yantai"]},
            id="bounds in two bands",
        ),
        pytest.param(
            "Cannot judge yet: cities that have not reported could move it from 51.0% down to "
            "48.0% or up to 55.0%; the target is at least 50%.",
            {"value": "0.51", "goal": SHARE, "kind": Kind.SHARE, "low": "0.48", "high": "0.55"},
            id="bounds on both sides",
        ),
    ],
)
def test_a_verdict_that_cannot_be_given_is_explained(expected, asked):
    assert sentence(**asked) == expected


@pytest.mark.parametrize(
    ("comparator", "words"),
    [(">=", "at least"), (">", "more than"), ("<=", "at most"), ("<", "less than")],
)
def test_the_comparator_is_said_in_words(comparator, words):
    goal = Goal(Decimal("0.5"), comparator, DEADLINE)
    value = "0.6" if comparator.startswith(">") else "0.4"
    assert f"{words} 50%" in sentence(value, goal, kind=Kind.SHARE)


def test_points_just_under_a_band_do_not_look_like_the_band():
    goal = Goal(Decimal("1000000"), ">=", DEADLINE, Decimal("0"), START)
    said = sentence("400300", goal, "2024Q2")
    assert "9.97 points behind (yellow from 10, red over 30)" in said


@pytest.mark.parametrize(
    ("cities", "said"),
    [
        ([], ""),
        (["Yantai"], "Yantai"),
        (["Yantai", "Linyi"], "Yantai and Linyi"),
        (["Yantai", "Linyi", "Heze"], "Yantai, Linyi and Heze"),
    ],
)
def test_cities_are_enumerated(cities, said):
    assert names(cities) == said


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_quarters_within_a_year_are_named(quarter):
    assert at_end_of(Quarter(2025, quarter)) == f"end of Q{quarter} 2025"


def test_every_standing_has_a_word():
    assert [standing_word(standing) for standing in Standing] == [
        "Achieved", "On pace", "Slightly behind", "Behind", "Seriously behind", "Cannot judge",
    ]  # fmt: skip


@given(
    st.decimals("0", "1", places=6),
    st.builds(Quarter, st.integers(2022, 2027), st.integers(1, 4)),
    st.none() | st.decimals("0", "0.49", places=4),
)
def test_a_share_is_never_shown_at_the_target_unless_it_is_there(value, quarter, baseline):
    goal = replace(SHARE, baseline=baseline, baseline_at=None if baseline is None else START)
    verdict = judge(value, goal, quarter)
    said = re.search(r": ([0-9.]+)%;", explain(verdict, Kind.SHARE))
    shown = Decimal(said[1])
    assert (shown < 50, shown == 50) == (value < goal.target, value == goal.target)
