"""Tests of the sentence that explains a verdict."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.certain_range import CertainRange
from indicators.formulas.likely_range import LikelyRange, NoEstimate
from indicators.verdict.explanation import Silence, explain, finding
from indicators.verdict.goal import Goal
from indicators.verdict.sentences import ValueKind
from indicators.verdict.standing import SHARE_LIMITS, CoverageCount, judge

START, DEADLINE = Quarter(2022, 4), Quarter(2025, 4)
FIRMS = Goal(Decimal("300"), ">=", DEADLINE, Decimal("220"), START, annual=True)
SHARE = Goal(Decimal("0.500000"), ">=", DEADLINE)
ALL, TWO_SILENT = CoverageCount(16, 16), CoverageCount(14, 16, ("370600", "371300"))


def sentence(value, goal=FIRMS, quarter="2024Q4", kind=ValueKind.FIRMS, projected=None, **more):
    """The sentence for a complete value; projected are both ends of a projection."""
    if projected is not None:
        figure = Decimal(projected)
        more |= {"likely": LikelyRange(figure, figure, figure), "record_allows": True}
    value = None if value is None else Decimal(value)
    return explain(judge(value, goal, Quarter.parse(quarter), **more), kind)


def ends(*texts):
    return [None if text is None else Decimal(text) for text in texts]


def unheard(certain, likely=None, goal=SHARE, quarter="2025Q4", kind=ValueKind.SHARE, **silence):
    """The verdict while Yantai and Linyi are silent, and what is said of them."""
    more = {}
    if likely is not None:
        low, high = ends(*likely)
        more = {"likely": LikelyRange(low, (low + high) / 2, high), "record_allows": True}
    if kind is ValueKind.SHARE:
        more["limits"] = SHARE_LIMITS
    verdict = judge(
        None,
        goal,
        Quarter.parse(quarter),
        certain=CertainRange(*ends(*certain)),
        coverage=TWO_SILENT,
        **more,
    )
    silence = {"missing": ["Yantai", "Linyi"], "weight": Decimal("0.87")} | silence
    return verdict, kind, Silence(**silence)


def test_the_worked_example():
    assert sentence("251", coverage=ALL) == (
        "End of 2024: 251 firms; from 220 to 300, 39% of the way, 67% due; "
        "28 points behind (yellow from 10, red over 30); 16/16 cities accepted."
    )


CONDITION = (
    "certain as long as no accepted figure is corrected and no city's figure of the year falls"
)
COVERAGE = "14/16 cities reported, 87% of last year's output value"


def test_while_cities_are_silent_it_says_what_is_likely_and_what_is_certain():
    assert explain(*unheard((None, "0.53251"), ("0.50595", "0.50754"))) == (
        f"End of 2025: estimated at 50.5%–50.8%; at most 53.3%, {CONDITION}; cannot judge yet: "
        f"Yantai and Linyi have not reported; expected to be achieved; {COVERAGE}."
    )


def test_a_title_says_the_same_without_the_condition():
    assert finding(*unheard((None, "0.53251"), ("0.50595", "0.50754"))) == (
        f"end of 2025: estimated at 50.5%–50.8%; at most 53.3%; {COVERAGE}"
    )


def test_what_would_turn_it_is_a_clause_of_it():
    said = explain(*unheard((None, "0.53"), ("0.49", "0.51"), break_even="so much turns it"))
    assert "have not reported; so much turns it; 14/16" in said
    assert "expected" not in said


def test_without_an_estimate_it_says_why_and_whose_figures_there_are_once():
    verdict = unheard((None, None), weight=Decimal("0.17"), no_estimate=NoEstimate.LOW_COVERAGE)
    assert explain(*verdict) == (
        "End of 2025, too early for an estimate: 14/16 cities reported, 17% of last year's output "
        "value; no range is certain; cannot judge yet: Yantai and Linyi have not reported."
    )


NOBODY = CoverageCount(0, 16, ("370600",))
WORDS = re.compile("[A-Za-z]{2,}")


def unknown(kind=ValueKind.SHARE, goal=SHARE, low=None):
    """The verdict on a quarter that no city has reported, and what is said of the cities."""
    low = None if low is None else Decimal(low)
    verdict = judge(None, goal, DEADLINE, certain=CertainRange(low, None), coverage=NOBODY)
    return verdict, kind, Silence(["烟台市"], None, NoEstimate.NOBODY_REPORTED)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"kind": ValueKind.FIRMS, "goal": FIRMS, "low": "286"},
        {"kind": ValueKind.MONEY, "goal": FIRMS},
    ],
)
def test_the_title_of_a_quarter_that_nobody_reported_says_so(asked):
    assert finding(*unknown(**asked)) == "end of 2025: not reported"
    with translation.override("zh-hans"):
        assert finding(*unknown(**asked)) == "2025年末：未上报"
        assert not WORDS.search(explain(*unknown(**asked)))


def test_what_is_certain_before_anybody_reported_is_said():
    asked = unknown(ValueKind.FIRMS, FIRMS, "305")
    assert finding(*asked) == "end of 2025, no city has reported yet; at least 305 firms"
    with translation.override("zh-hans"):
        assert finding(*asked) == "截至2025年末，尚无市上报；至少305家"
        assert not WORDS.search(explain(*asked))


def test_silence_that_changes_nothing():
    assert explain(*unheard((None, "0.49"), ("0.48", "0.49"))) == (
        f"End of 2025: estimated at 48.0%–49.0%; at most 49.0%, {CONDITION}; the target of at "
        "least 50% was due by the end of 2025 and is missed, which is never better than behind; "
        f"Yantai and Linyi cannot change this; {COVERAGE}."
    )


def test_a_standing_that_both_ends_have_is_named():
    goal = replace(SHARE, baseline=Decimal("0.4"), baseline_at=START)
    said = explain(*unheard((None, "0.42"), goal=goal, quarter="2024Q4"))
    assert "; seriously behind; Yantai and Linyi cannot change this; " in said
    assert "on pace" not in said


def test_ends_are_rounded_outward_and_stay_on_their_side_of_the_target():
    said = explain(*unheard((None, "0.49996"), ("0.4890", "0.49996")))
    assert "48.900%–49.996%" in said
    assert "at most 49.996%" in said
    assert "50.0%" not in said


def test_a_count_is_at_least_so_many():
    goal = replace(FIRMS, baseline=None, baseline_at=None)
    verdict = unheard(("286", None), ("298", "301"), goal, kind=ValueKind.FIRMS)
    assert explain(*verdict).startswith(
        f"End of 2025: estimated at 298–301 firms; at least 286 firms, {CONDITION}; cannot judge "
    )


def test_a_range_that_was_withdrawn_says_so():
    verdict, kind, silence = unheard((None, "0.53"), ("0.49", "0.51"))
    withdrawn = replace(verdict, certain=replace(verdict.certain, withdrawn=True))
    said = explain(withdrawn, kind, silence)
    assert "at most 53.0% (withdrawn: an accepted figure was corrected later)" in said
    assert CONDITION not in said


def test_what_is_only_supposed_is_not_called_accepted():
    verdict = judge(Decimal("0.51"), SHARE, DEADLINE, coverage=ALL)
    said = explain(verdict, ValueKind.SHARE, Silence(supposed=2))
    assert said.endswith("14/16 cities accepted, 2 supposed.")


def test_things_of_which_nothing_is_on_record():
    goal = Goal(Decimal("3"), ">=", DEADLINE)
    verdict = judge(
        None,
        goal,
        DEADLINE,
        certain=CertainRange(Decimal("2"), Decimal("3")),
        coverage=CoverageCount(2, 3, ("zibo",)),
    )
    assert explain(verdict, ValueKind.CLUSTERS, Silence(missing=["Zibo"])) == (
        "End of 2025: 2–3 clusters; cannot judge yet: nothing on record says whether Zibo are "
        "established; 2/3 on record as established or not."
    )


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
            {"value": "0.5123", "goal": SHARE, "kind": ValueKind.SHARE, "quarter": "2025Q1"},
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
            {"value": "0.49996", "goal": SHARE, "kind": ValueKind.SHARE, "quarter": "2025Q4"},
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
            "End of Q2 2025: 90 firms secured, 310 firms expected by the year's end; 10 firms "
            "over the target of at least 300 firms; 13 points ahead of the pace.",
            {"value": "90", "quarter": "2025Q2", "projected": "310"},
            id="projected",
        ),
        pytest.param(
            "End of Q3 2025: 300 firms secured; the target of at least 300 firms is met.",
            {"value": "300", "quarter": "2025Q3"},
            id="secured early, nothing projected",
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
            "0/16 cities reported.",
            {"value": None, "quarter": "2025Q1", "coverage": CoverageCount(0, 16)},
            id="nothing reported",
        ),
        pytest.param(
            "End of 2024: 45.0%; at least 50% due by the end of 2025; cannot judge yet: "
            "without a baseline there is no pace to hold it against; 16/16 cities accepted.",
            {"value": "0.45", "goal": SHARE, "kind": ValueKind.SHARE, "coverage": ALL},
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
            {"value": "90", "quarter": "2026Q2", "projected": "310"},
            id="a later year",
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
    assert f"{words} 50%" in sentence(value, goal, kind=ValueKind.SHARE)


def test_points_just_under_a_band_do_not_look_like_the_band():
    goal = Goal(Decimal("1000000"), ">=", DEADLINE, Decimal("0"), START)
    said = sentence("400300", goal, "2024Q2")
    assert "9.97 points behind (yellow from 10, red over 30)" in said


@given(
    st.decimals("0", "1", places=6),
    st.builds(Quarter, st.integers(2022, 2027), st.integers(1, 4)),
    st.none() | st.decimals("0", "0.49", places=4),
)
def test_a_share_is_never_shown_at_the_target_unless_it_is_there(value, quarter, baseline):
    goal = replace(SHARE, baseline=baseline, baseline_at=None if baseline is None else START)
    verdict = judge(value, goal, quarter)
    said = re.search(r": ([0-9.]+)%;", explain(verdict, ValueKind.SHARE))
    shown = Decimal(said[1])
    assert (shown < 50, shown == 50) == (value < goal.target, value == goal.target)
