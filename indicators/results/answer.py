"""The answer: one sentence on how all targets stand, the same on every page, paper and answer."""

from collections.abc import Sequence

from django.utils import timezone

from indicators.kinds import BUILT
from indicators.results.indicator_result import IndicatorResult
from indicators.verdict.answer import Answered, Outcome, clauses_of, outcome_of


def answer(results: Sequence[IndicatorResult]) -> str:
    """
    Return how all targets stand as one sentence in the active language, without a full stop.

    results are those of results_in: of every target of a quarter's plan, or without targets.
    """
    return "".join(answer_clauses(results))


def answer_clauses(results: Sequence[IndicatorResult]) -> tuple[str, ...]:
    """
    Return the answer's clauses, each but the last with its comma or semicolon; at least one.

    A page may break the line between two of them. In English the sign has a blank after it, which
    an inline-block shows with `white-space: pre-wrap` only.
    """
    return clauses_of([Answered(str(one.indicator.short_name), _outcome(one)) for one in results])


def _outcome(result: IndicatorResult) -> Outcome:
    verdict = result.verdict
    return outcome_of(
        verdict,
        result.as_of or timezone.localdate(),
        is_built=result.indicator.things in BUILT and verdict is not None and verdict.goal.rising,
        reports=result.indicator.things is None,
    )
