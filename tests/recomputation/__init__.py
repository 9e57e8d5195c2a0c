"""
Every target's figures, verdict and sentence computed once more from the stored rows.

Plain SQL and fractions; of the application nothing is used, and the estimate of a city's figure
is that of tests.verify_estimate: so the two can only agree by both being right. English only.
Taken over from the product: the ends of a count's estimates, and whether past estimates fared
well enough to say what is expected (TakenOver). Not covered: negative amounts, supposed figures.
"""

from dataclasses import replace

from tests.recomputation.cities import of_cities
from tests.recomputation.cities import turn as cities_turn
from tests.recomputation.firms import established, firms, firms_turn
from tests.recomputation.rows import AMOUNTS
from tests.recomputation.sentence import sentence
from tests.recomputation.verdict import judge


def figures(stored, target, quarter, taken):
    if target.kind == "count":
        return firms(stored, target, quarter, taken)
    figures_of = established if target.kind == "established" else of_cities
    return figures_of(stored, target, quarter)


def recomputed(stored, quarter, taken_over, since=None):
    """
    Yield code, figures, verdict, break-even and sentence of every target of a quarter's plan.

    taken_over gives what is taken over of a code. since is what is stored now, of a look back.
    """
    for target in stored.targets(quarter):
        taken = taken_over(target.indicator)
        found = figures(stored, target, quarter, taken)
        if since is not None and contradicted(stored, since, target, quarter, taken, found):
            found = replace(found, withdrawn=True)
        verdict = judge(target, found, quarter, taken.record_allows)
        turn = None
        if found.value is None and verdict.line is not None and target.kind != "established":
            turns = firms_turn if target.kind == "count" else cities_turn
            turn = turns(stored, target, quarter, verdict.line)
        words = sentence(target, found, verdict, turn, quarter)
        yield target.indicator, found, verdict, turn, words


def contradicted(stored, since, target, quarter, taken, found):
    """Whether what came in later is outside a range, or lowers a figure that it rested on."""
    low, high = found.certain
    if target.kind == "established" or low == high:
        return False  # On record, complete, or open on both sides: nothing was promised.
    later = figures(since, target, quarter, taken).certain
    if low is not None and (later[0] is None or later[0] < low):
        return True
    if high is not None and (later[1] is None or later[1] > high):
        return True
    if target.measure not in AMOUNTS:
        return False
    year = range(quarter // 4 * 4, quarter + 1)
    return any(
        amount > now
        for (city, q), amount in stored.made[target.measure].items()
        for at in year
        if year.start <= q <= at and (now := since.made[target.measure].get((city, at))) is not None
    )
