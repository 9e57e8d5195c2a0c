"""A target as the overview shows it: figure, what is certain, what would turn it, two drawings."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from foundation.formatting import cumulative, percent
from foundation.statuses import status_word
from indicators.catalogue import IndicatorKind
from indicators.data.published_notes import notes_about
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.drawings.range_bar import RangeBar, expected_range, range_bar
from indicators.drawings.trend_line import TrendLine
from indicators.formulas.likely_range import NoEstimate
from indicators.methodology.past_corrections import correction_words
from indicators.movement.changes import Change, change
from indicators.overview.trends import trend_of
from indicators.results.indicator_result import IndicatorResult
from indicators.results.share_result import numerator_cities
from indicators.verdict.explanation import cannot_change, why_not_judged
from indicators.verdict.goal import Goal, Standing
from indicators.verdict.range_words import RangeWriter, distance_words, likely_words
from indicators.verdict.sentences import as_sentence


@dataclass(frozen=True)
class GoalCard:
    """
    A target on the overview; every text is empty where it has nothing to say.

    figure     the figure in the biggest type, before it what kind of figure it is
    is_words   whether that is words in place of a figure
    certain    what is certain
    condition  its distance from the target where it decides, and under which condition it holds
    told       further sentences, in their order
    bar, trend None where there is nothing to draw; trend_words says what the trend shows
    notes      how many explanations of the quarter there are
    """

    change: Change
    kind_of_figure: str
    figure: str
    is_words: bool
    certain: str
    condition: str
    told: tuple[str, ...]
    bar: RangeBar | None
    trend: TrendLine | None
    trend_words: str
    notes: int

    @property
    def result(self) -> IndicatorResult:
        """The target's result."""
        return self.change.result

    @property
    def is_estimated(self) -> bool:
        """Whether the figure is an estimate."""
        return expected_range(self.result) is not None

    @property
    def verdict_words(self) -> str:
        """The status, and what is expected where nothing can be judged."""
        result = self.result
        status = status_word(result.status)
        if not result.expected_word:
            return status
        expected = result.expected_word
        words = {"standing": status, "expected": expected[:1].lower() + expected[1:]}
        return _("%(standing)s, %(expected)s") % words


def goal_cards(snapshot: Snapshot, results: tuple[IndicatorResult, ...]) -> tuple[GoalCard, ...]:
    """Return the cards of the targets that are no counts of things, in the plan's order."""
    return tuple(
        goal_card(snapshot, one, get_language()) for one in results if one.indicator.things is None
    )


@cached_by_snapshot(maxsize=64)
def goal_card(snapshot: Snapshot, result: IndicatorResult, language: str | None) -> GoalCard:
    """Return a target's card in the active language, which is named for the cache's key."""
    kind, figure, is_words = _figure(result)
    certain, condition = _certain(result)
    trend = trend_of(snapshot, result)
    return GoalCard(
        change=change(snapshot, result),
        kind_of_figure=kind,
        figure=figure,
        is_words=is_words,
        certain=certain,
        condition=condition,
        told=tuple(one for one in _told(snapshot, result) if one),
        bar=range_bar(result),
        trend=trend.drawing if trend else None,
        trend_words=trend.words if trend else "",
        notes=len(notes_about(snapshot, f"target:{result.code}", result.quarter)),
    )


def _is_projected(result: IndicatorResult) -> bool:
    return result.verdict is not None and result.verdict.is_projected


def _goal(result: IndicatorResult) -> Goal | None:
    return result.verdict.goal if result.verdict else None


def _nobody_reported(result: IndicatorResult) -> bool:
    return not result.coverage.accepted and result.value is None


def _figure(result: IndicatorResult) -> tuple[str, str, bool]:
    """Return the kind of the figure, the figure, and whether it is words in place of one."""
    likely = expected_range(result)
    if _nobody_reported(result):
        return "", _("Not reported"), True
    if result.value is not None and not _is_projected(result):
        return "", result.shown, False
    if likely is None and result.value is not None:
        # What is complete so far, with its months: nothing says what the year will bring.
        return cumulative(result.quarter), result.shown, False
    if likely is None:
        return "", _("Cannot be estimated yet"), True
    kind = _("Estimate of the year") if _is_projected(result) else _("Estimate")
    return kind, likely_words(likely, result.written_as, _goal(result)), False


def _certain(result: IndicatorResult) -> tuple[str, str]:
    """Return what is certain, and under which condition or beside what else."""
    is_complete = result.value is not None
    if _nobody_reported(result) or (is_complete and not _is_projected(result)):
        return "", ""
    certain = result.certain
    if _is_projected(result):
        if certain.low is None or (is_complete and expected_range(result) is None):
            return "", ""
        write = RangeWriter(result.written_as, _goal(result))
        least = _("at least %(low)s") % {"low": write.end(certain.low, up=False)}
        return _told_as_certain(least), cumulative(result.quarter)
    words = result.certain_words
    if certain.low is None and certain.high is None:
        return words, ""
    if certain.withdrawn:
        return _told_as_certain(words), ""
    condition = [_("as long as no accepted figure is corrected downwards")]
    if result.verdict is not None:
        # What decides says by how much.
        condition.insert(0, distance_words(certain, result.written_as, result.verdict.goal))
    comma = pgettext("between clauses of a figure", ", ")
    return _told_as_certain(words), comma.join(filter(None, condition))


def _told_as_certain(words: str) -> str:
    return _("Certain: %(range)s") % {"range": words}


def _told(snapshot: Snapshot, result: IndicatorResult) -> list[str]:
    """Return the sentences beneath the figure."""
    if result.verdict is None:
        return [result.explanation]
    if result.value is None or _is_projected(result):
        least = snapshot.least_weight(result.quarter)
        return [result.changed_target_words, *_of_incomplete(result, least)]
    part = frozenset[str]()
    if result.indicator.kind is IndicatorKind.SHARE:
        part = numerator_cities(snapshot, result.indicator, result.quarter)
    found = [result.finding]
    if result.standing is Standing.CANNOT_JUDGE:
        found.append(why_not_judged(result.verdict, result.written_as))
    corrected = correction_words(snapshot, result.indicator, part)
    return [result.changed_target_words, as_sentence([*filter(None, found)]), corrected]


def _of_incomplete(result: IndicatorResult, least: Decimal) -> list[str]:
    """Return why there is no estimate, what turns the verdict, or why none can be given."""
    assert result.verdict is not None
    if _nobody_reported(result):
        last = _last_complete(result)
        return [as_sentence([last])] if last else []
    if result.no_estimate is not None:
        return [as_sentence([*filter(None, [_too_little(result, least), _last_complete(result)])])]
    if result.standing is not Standing.CANNOT_JUDGE and result.coverage.missing:
        return [as_sentence([cannot_change(result.written_as, ())])]
    if result.break_even_words and not _is_projected(result):
        return [as_sentence([result.break_even_words])]
    why = why_not_judged(result.verdict, result.written_as)
    return [as_sentence([why])] if why else []


def _too_little(result: IndicatorResult, least: Decimal) -> str:
    """Return why nothing is estimated; of too low a coverage also what it should be."""
    if result.no_estimate is not NoEstimate.LOW_COVERAGE or result.weight is None:
        return result.no_estimate_words
    words = {"coverage": result.coverage_words, "least": percent(least, 0)}
    return _("%(coverage)s, under %(least)s") % words


def _last_complete(result: IndicatorResult) -> str:
    """Return the newest complete quarter before this one with its figure; empty without one."""
    known = [p for p in result.history if p.value is not None and p.quarter < result.quarter]
    if not known:
        return ""
    last = known[-1]
    write = RangeWriter(result.written_as, None)
    words = {"period": cumulative(last.quarter), "value": write.centre(last.value or Decimal("0"))}
    return _("last complete: %(period)s, %(value)s") % words
