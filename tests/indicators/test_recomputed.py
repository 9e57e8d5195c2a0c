"""Every figure, verdict and sentence, computed once more from the stored rows, by quarter."""

import random
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from clusters.models import City, CityReturn, Cluster
from clusters.viewpoint import Viewpoint, end_of
from enterprises.models import Enterprise, EnterpriseReturn, Tier, TierAward
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.models import InterimPoint, Target
from indicators.results.scorecard import results_in
from tests.audit.rewritten import rewrite
from tests.factories import (
    CITIES,
    PUBLISHED_AT,
    credit_code,
    make_cities,
    make_clusters,
    make_park,
    make_period,
    make_plan,
    make_target,
)
from tests.recomputation import recomputed
from tests.recomputation.found import TakenOver
from tests.recomputation.rows import Stored

pytestmark = pytest.mark.django_db
QUARTERS = Quarter.range(Quarter(2022, 4), Quarter(2026, 3))
NOW = Viewpoint(Quarter(2025, 4), None, datetime(2027, 1, 1, tzinfo=UTC))
# Who says nothing, and when: a city that never did, one that stopped, ones with a gap; or only
# lately, so that there are past estimates to try.
SILENT = {
    "often": {
        "371700": QUARTERS,
        "370600": QUARTERS[9:],
        "370100": QUARTERS[6:7],
        "370900": [Quarter(2025, 4)],
    },
    "lately": {
        "371700": [Quarter(2025, 2), Quarter(2025, 4)],
        "370600": QUARTERS[12:],
        "370900": [Quarter(2025, 4)],
    },
}
# What decides at least once.
REASONS = {
    "often": {"target_met", "against_pace", "deadline_missed", "silent_cities", "not_reported"},
    "lately": {"projection_without_ends", "projection_undecided", "projection_unproven"},
}
# What came in after the day that is looked back from, and what was corrected downwards then.
THEN = PUBLISHED_AT.date()
LATE = {("370800", Quarter(2025, 4)), ("370200", Quarter(2025, 4))}
LOWERED = {("370900", Quarter(2025, 3))}
AFTERWARDS = PUBLISHED_AT + timedelta(days=2)
FROM_2022 = {"baseline_period": "2022Q4"}


def speaks(how, city, quarter):
    if how == "lately":
        return quarter not in SILENT[how].get(city, ())
    # In one quarter everybody does, in one nobody.
    if quarter == Quarter(2024, 4):
        return True
    return quarter != Quarter(2023, 2) and quarter not in SILENT[how].get(city, ())


def versions(city, quarter):
    """When a return was in force, and which part of its figures it had, in every version of it."""
    if (city, quarter) in LATE:
        return [({"published_at": AFTERWARDS}, 1)]
    first = {"published_at": PUBLISHED_AT}
    if (city, quarter) in LOWERED:
        second = {"published_at": AFTERWARDS}
        return [(first | {"superseded_at": AFTERWARDS}, 1), (second, 0.4)]
    return [(first, 1)]


@pytest.fixture(params=list(SILENT))
def province(request):
    """Sixteen cities, fifteen quarters, six firms a city: random, and always the same."""
    make_cities()
    make_clusters()
    rng = random.Random(311)
    periods = {quarter: make_period(str(quarter)) for quarter in QUARTERS}
    cities = City.objects.in_bulk(field_name="code")
    returns, lines = [], []
    for code in CITIES:
        size, growth = rng.uniform(50, 200), rng.uniform(0.98, 1.15)
        firms = Enterprise.objects.bulk_create(
            Enterprise(credit_code=credit_code(), name=f"示例{code}{n}", city=cities[code])
            for n in range(6)
        )
        # Each firm's size, and how much later in the year it makes it than its city.
        sizes = [(rng.uniform(0.2, 2.4), rng.uniform(-0.4, 0.6)) for _ in firms]
        for quarter in (q for q in QUARTERS if speaks(request.param, code, q)):
            over = quarter.quarter / 4
            part = over * growth ** (quarter.year - 2022) * rng.uniform(0.97, 1.03)
            for published, kept in versions(code, quarter):
                returns.append(
                    CityReturn(
                        city=cities[code],
                        period=periods[quarter],
                        output_value=round(Decimal(size * part * kept * 1e8), 2),
                        employees=int(size * 40 * growth),
                        **published,
                    )
                )
                lines += [
                    EnterpriseReturn(
                        enterprise=firm,
                        city=cities[code],
                        period=periods[quarter],
                        revenue=round(Decimal(own * part * kept * over**late * 1e8), 2),
                        **published,
                    )
                    for firm, (own, late) in zip(firms, sizes, strict=True)
                ]
    CityReturn.objects.bulk_create(returns)
    EnterpriseReturn.objects.bulk_create(lines)


@pytest.fixture
def titles(province):
    tier = Tier.objects.create(code="leading", name="龙头", name_en="Leading", position=1)
    for n, firm in enumerate(Enterprise.objects.order_by("pk")[:30]):
        expires = date(2025, 6, 30) if n % 5 == 0 else None
        awarded = date(2023, 12, 28) if n < 15 else date(2025, 3, 31)
        TierAward.objects.create(enterprise=firm, tier=tier, awarded_on=awarded, expires_on=expires)
    return tier


@pytest.fixture
def plan(titles):
    """A plan of every kind of target, with every comparator."""
    make_target("cluster-output-share", value="0.24", baseline_value="0.20", **FROM_2022)
    make_target(
        "out-of-reach",
        kind="share",
        measure="output_value",
        numerator="cluster_cities",
        value="0.9",
        baseline_value="0.20",
        **FROM_2022,
    )
    firms = make_target("firms-over-100m", value="80", baseline_value="40", **FROM_2022)
    InterimPoint.objects.create(target=firms, period="2023Q4", value="50")
    InterimPoint.objects.create(target=firms, period="2024Q4", value="52")
    Cluster.objects.filter(slug="jinan").update(
        established_on="2024-05-01", established_evidence="验收意见"
    )
    Cluster.objects.filter(slug="zibo").update(not_established_on="2025-03-31")
    make_park(established_on="2025-01-01", established_evidence="验收意见")
    established = {"kind": "established", "unit": "count", "baseline_value": "0", **FROM_2022}
    make_target("clusters", things="clusters", value="3", **established)
    make_target("parks", things="parks", value="1", comparator=">", **established)
    make_target(
        "leading",
        things="title",
        tier=titles,
        value="20",
        comparator="about",
        band_low="18",
        band_high="22",
        **established,
    )
    level = {"kind": "level", "measure": "output_value", "unit": "yi"}
    make_target("output", value="2500", baseline_value="1900", **level, **FROM_2022)
    make_target("output-unknown", value="2500", **level)
    make_target(
        "output-fall", value="1700", comparator="<=", baseline_value="1950", **level, **FROM_2022
    )
    people = {"kind": "level", "measure": "employees", "unit": "count"}
    make_target(
        "fewer-people", value="70000", comparator="<", baseline_value="90000", **people, **FROM_2022
    )
    make_target("met-from-the-start", value="10", baseline_value="11", **people, **FROM_2022)
    make_target(
        "park-share",
        kind="share",
        measure="output_value",
        numerator="park_cities",
        value="6",
        unit="percent",
        baseline_value="2",
        **FROM_2022,
    )
    make_target(
        "firms-200m",
        kind="count",
        measure="revenue",
        threshold="200000000",
        strict=False,
        value="20",
        unit="count",
        comparator="about",
        band_low="18",
        band_high="25",
        baseline_value="2",
        **FROM_2022,
    )
    return make_plan()


def reusable(of, results):
    """What the recomputation does not compute itself, by code."""

    def of_code(code):
        one = results[code]
        score = one.projection_scored if one.verdict.is_projected else one.scored
        record = score() if one.verdict.likely is not None else None
        return TakenOver(
            record_allows=record is not None and record.allows_a_lean,
            of_quarter=ends(one.estimate),
            of_year=ends(one.projection),
        )

    return of_code


def ends(likely):
    if likely is None or likely.low is None:
        return None
    return Fraction(likely.low), Fraction(likely.high)


def shown(one):
    """What the product says of a target."""
    likely = [one.estimate, one.projection]
    return {
        "value": one.value,
        "reported_only": one.reported_only,
        "certain": (one.certain.low, one.certain.high),
        "withdrawn": one.certain.withdrawn,
        "weight": one.weight,
        "estimates": [x and (x.low, x.centre, x.high) for x in likely],
        "no_estimate": one.no_estimate and str(one.no_estimate),
        "turn": one.break_even and asdict(one.break_even),
        "standing": str(one.standing),
        "expected": one.expected and str(one.expected),
        "judged": one.judged,
        "way": (one.attainment, one.due_share),
        "sentence": one.explanation,
    }


def anew(found, verdict, turn, words):
    """The same from the recomputation."""
    due = None if isinstance(verdict.due, str) else verdict.due
    return {
        "value": found.value,
        "reported_only": found.reported_only,
        "certain": found.certain,
        "withdrawn": found.withdrawn,
        "weight": found.weight,
        "estimates": [found.estimate, found.projection],
        "no_estimate": found.no_estimate,
        "turn": turn,
        "standing": verdict.standing,
        "expected": verdict.expected,
        "judged": verdict.judged,
        "way": (verdict.covered, due),
        "sentence": words,
    }


def differences(one, other, at=""):
    """Say where two nested values differ: numbers by more than the digits of a Decimal."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [line for key in one for line in differences(one[key], other[key], f"{at} {key}")]
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = enumerate(zip(one, other, strict=True))
        return [line for n, pair in pairs for line in differences(*pair, f"{at} {n}")]
    if isinstance(one, bool | str | None) or isinstance(other, bool | str | None):
        same = one == other
    else:
        same = abs(Fraction(one) - Fraction(other)) <= abs(Fraction(other)) / 10**20
    return [] if same else [f"{at}: shown {one}, recomputed {other}"]


def compared(of, stored, since=None):
    """Return the verdicts that were compared, and every difference."""
    found, verdicts = [], []
    for quarter in QUARTERS:
        results = {one.code: one for one in results_in(of, quarter)}
        again = list(recomputed(stored, quarter.ordinal, reusable(of, results), since))
        assert {code for code, *_ in again} == results.keys()
        for code, *rest in again:
            verdicts.append(results[code].verdict)
            found += differences(shown(results[code]), anew(*rest), f"{quarter} {code}")
    return verdicts, found


@pytest.mark.usefixtures("plan")
def test_every_figure_verdict_and_sentence_follows_from_the_stored_rows(request):
    with translation.override("en"):
        verdicts, found = compared(snapshot(NOW), Stored(NOW.moment))
    assert not found, "\n".join(found)
    # The province is varied enough for the comparison to be worth something.
    assert len(verdicts) == len(QUARTERS) * 13
    assert len({one.standing for one in verdicts}) == 6
    how = request.node.callspec.params["province"]
    assert {str(one.reason) for one in verdicts} >= REASONS[how]
    assert any(one.expected for one in verdicts) is (how == "lately")


@pytest.mark.usefixtures("plan")
def test_so_does_what_was_known_on_an_earlier_day():
    # Entered before that day, with their points: only then are these the target's of that day.
    for model in (Target, InterimPoint):
        rewrite(model.history, history_date=PUBLISHED_AT - timedelta(days=1))
    then, now = Viewpoint(NOW.quarter, THEN, end_of(THEN)), Stored(NOW.moment)
    of, stored = snapshot(then), Stored(then.moment, THEN)
    with translation.override("en"):
        _verdicts, found = compared(of, stored, now)
        sentences = [one.explanation for one in results_in(of, NOW.quarter)]
    assert not found, "\n".join(found)
    assert any("withdrawn" in one for one in sentences)
    assert any("Qingdao" in one for one in sentences)
