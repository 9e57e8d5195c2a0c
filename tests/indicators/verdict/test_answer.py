"""Tests of the one sentence on how all targets stand."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.utils.translation import override

from foundation.frozen_data import LANGUAGES
from foundation.quarters import Quarter
from indicators.verdict.answer import Answered, Outcome, clauses_of, outcome_of
from indicators.verdict.goal import Standing
from indicators.verdict.standing import Reason, judge
from tests.depth import DEEP
from tests.indicators.verdict.judged import DEADLINE, FIRMS, TWO_SILENT, TWO_THIRDS, likely, span

LATER = date(2026, 6, 1)
NAMES = ("Output share", "Firms", "Clusters", "Parks", "R&D")
BUILT = ("Clusters", "Parks")
BEFORE = judge(Decimal("260"), FIRMS, TWO_THIRDS)
AT_END = judge(Decimal("260"), FIRMS, DEADLINE)
LATE = (Standing.BEHIND, Standing.SERIOUSLY_BEHIND)


def verdict_of(standing, quarter):
    """A verdict of a standing, with the reason that judge would give it there."""
    of = BEFORE if quarter is TWO_THIRDS else AT_END
    if standing is Standing.CANNOT_JUDGE:
        return replace(of, standing=standing, value=None, reason=Reason.SILENT_CITIES)
    reason = Reason.TARGET_MET if standing is Standing.ACHIEVED else Reason.AGAINST_PACE
    if quarter is DEADLINE and standing in LATE:
        reason = Reason.DEADLINE_MISSED
    return replace(of, standing=standing, reason=reason)


def outcome(verdict, *, day=LATER, is_built=False, reports=True):
    return outcome_of(verdict, day, is_built=is_built, reports=reports)


def said(*told, language="en"):
    with override(language):
        return "".join(clauses_of([Answered(name, one) for name, one in told]))


def silent(**more):
    return judge(None, FIRMS, DEADLINE, coverage=TWO_SILENT, **more)


# Each quarter in one language; in `make test-deep` in both.
@pytest.mark.parametrize(
    ("quarter", "language"),
    [*product((TWO_THIRDS, DEADLINE), LANGUAGES)]
    if DEEP
    else [*zip((TWO_THIRDS, DEADLINE), LANGUAGES, strict=True)],
    ids=str,
)
def test_every_combination_of_five_standings_is_one_well_formed_sentence(language, quarter):
    outcomes = {
        (name, standing): outcome(verdict_of(standing, quarter), is_built=name in BUILT)
        for name in NAMES
        for standing in Standing
    }
    order = {one: at for at, one in enumerate(Outcome)}
    with override(language):
        for standings in product(Standing, repeat=5):
            told = [
                Answered(name, outcomes[name, one])
                for name, one in zip(NAMES, standings, strict=True)
            ]
            clauses = clauses_of(told)
            whole = "".join(clauses)
            if set(standings) == {Standing.ACHIEVED}:
                assert len(clauses) == 1
                continue
            assert well_formed(clauses)
            assert [whole.lower().count(name.lower()) for name in NAMES] == [1] * 5, whole
            by_place = sorted(told, key=lambda one: whole.lower().index(one.name.lower()))
            ranks = [order[one.outcome] for one in by_place]
            assert ranks == sorted(ranks), whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_two_fates_are_one_well_formed_sentence(language):
    with override(language):
        for one, other in product(Outcome, repeat=2):
            assert well_formed(clauses_of([Answered("Share", one), Answered("Count", other)]))


def well_formed(clauses):
    """Whether no clause is empty, and signs stand singly between clauses only."""
    whole = "".join(clauses)
    return bool(
        all(clause.strip(" ,;，；、") for clause in clauses)
        and not re.search(r"[,;，；、]\s*[,;，；、]|  |%\(", whole)
        and whole == whole.strip(" ,;，；、.。")
    )


def test_the_sentence_of_the_model():
    told = [
        ("产值占比", Outcome.EXPECTED_MET),
        ("过亿企业数", Outcome.CANNOT_JUDGE),
        ("集群", Outcome.NOT_ESTABLISHED_IN_TIME),
        ("园区", Outcome.NOT_ESTABLISHED_IN_TIME),
    ]
    model = "集群、园区未按期建成；产值占比预计达标，过亿企业数暂无法判定"
    assert said(*told, language="zh-hans") == model


def test_the_same_in_english():
    told = [
        ("Output share", Outcome.EXPECTED_MET),
        ("Firms over 100 million", Outcome.CANNOT_JUDGE),
        ("Clusters", Outcome.NOT_ESTABLISHED_IN_TIME),
        ("Parks", Outcome.NOT_ESTABLISHED_IN_TIME),
    ]
    assert said(*told) == (
        "Clusters and parks not established in time; output share expected to meet the target, "
        "firms over 100 million cannot be judged yet"
    )


@pytest.mark.parametrize(
    ("language", "words"), [("en", "All 5 targets met"), ("zh-hans", "5项目标全部达成")]
)
def test_if_all_are_met_it_says_so_without_names(language, words):
    outcomes = [Outcome.MET, Outcome.MET, Outcome.ESTABLISHED, Outcome.ESTABLISHED, Outcome.MET]
    assert said(*zip(NAMES, outcomes, strict=True), language=language) == words


def test_of_one_target_that_is_met_it_gives_the_name():
    assert said(("Output share", Outcome.MET)) == "Output share met the target"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "No targets have been set"), ("zh-hans", "尚未设定目标")]
)
def test_without_any_target_it_says_so(language, words):
    assert said(language=language) == words
    assert (
        said(("Share", Outcome.NO_TARGET), ("Firms", Outcome.NO_TARGET), language=language) == words
    )


def test_an_abbreviation_keeps_its_capitals_within_the_sentence():
    whole = said(
        ("Parks", Outcome.BEHIND), ("R&D share", Outcome.BEHIND), ("Clusters", Outcome.BEHIND)
    )
    assert whole == "Parks, R&D share and clusters behind pace"


def test_what_is_built_and_missed_its_deadline_is_not_established_in_time():
    assert outcome(AT_END, is_built=True) is Outcome.NOT_ESTABLISHED_IN_TIME
    assert outcome(AT_END) is Outcome.MISSED


def test_nothing_failed_before_the_last_day_of_its_deadline_is_over():
    for day in (date(2025, 11, 30), date(2025, 12, 31)):
        assert outcome(AT_END, day=day, is_built=True) is Outcome.UNBUILT
        assert outcome(AT_END, day=day) is Outcome.NOT_YET_MET
    assert outcome(AT_END, day=date(2026, 1, 1)) is Outcome.MISSED


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.CANNOT_JUDGE])
def test_before_the_deadline_what_is_built_says_its_pace_too(standing):
    verdict = verdict_of(standing, TWO_THIRDS)
    built = "established" if standing is Standing.ACHIEVED else f"unbuilt_{standing}"
    assert outcome(verdict, is_built=True) == built
    assert outcome(verdict) == ("met" if standing is Standing.ACHIEVED else str(standing))


def test_what_is_built_and_short_for_certain_is_unbuilt_though_its_pace_is_unknown():
    goal = replace(FIRMS, baseline=None, baseline_at=None)
    few, many = (
        judge(None, goal, TWO_THIRDS, certain=span("2", high), coverage=TWO_SILENT)
        for high in ("8", "301")
    )
    assert outcome(few, is_built=True, reports=False) is Outcome.UNBUILT
    assert outcome(many, is_built=True, reports=False) is Outcome.CANNOT_JUDGE


def test_an_expected_standing_is_said_as_expected():
    up = silent(certain=span("250", None), likely=likely("301", "305"), record_allows=True)
    down = silent(certain=span("250", None), likely=likely("281", "285"), record_allows=True)
    assert outcome(up) is Outcome.EXPECTED_MET
    assert outcome(down) is Outcome.EXPECTED_MISSED
    assert outcome(replace(BEFORE, standing=Standing.CANNOT_JUDGE, reason=Reason.SILENT_CITIES,
                        expected=Standing.BEHIND)) is Outcome.EXPECTED_BEHIND  # fmt: skip


def test_what_cannot_be_judged_says_whether_there_is_an_estimate():
    torn = silent(certain=span("250", None), likely=likely("298", "301"))
    assert outcome(torn) is Outcome.CANNOT_JUDGE
    assert outcome(silent(certain=span("250", None))) is Outcome.NO_ESTIMATE
    assert outcome(silent(certain=span("250", None)), reports=False) is Outcome.CANNOT_JUDGE


def test_where_nobody_has_reported_there_is_no_data():
    nobody = judge(None, FIRMS, Quarter(2025, 1))
    assert nobody.reason is Reason.NOT_REPORTED
    assert outcome(nobody) is Outcome.NO_DATA


def test_a_target_that_the_plan_does_not_set_has_no_target():
    assert outcome(None) is Outcome.NO_TARGET
    assert said(("Share", Outcome.NO_TARGET), ("Count", Outcome.MET)) == (
        "Count met the target; share without a target"
    )
