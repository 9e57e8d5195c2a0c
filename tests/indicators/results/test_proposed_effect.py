"""What a proposal says it would turn is what turns once confirmed; nothing is written before."""

from decimal import Decimal

import pytest

from audit.models import ProposedChange
from audit.proposals import deciding
from audit.proposals.keepers import keeper_of
from clusters.models import Cluster, Plan
from foundation.statuses import status_word
from indicators.data.snapshot_reader import identity, snapshot
from indicators.models import InterimPoint, Target
from indicators.results.scorecard import results_in
from tests.audit.proposals.cast import newest, send
from tests.factories import (
    CITIES,
    make_cities,
    make_city,
    make_city_return,
    make_clusters,
    make_park,
    make_period,
    make_plan,
    make_publication,
    make_target,
    make_user,
)
from tests.indicators.results.shown import seen

pytestmark = pytest.mark.django_db
NOTHING = ["It changes no verdict."]


@pytest.fixture(autouse=True)
def province(db):
    """Sixteen cities report 100 each for two quarters, Jinan 500: a share of 35 %."""
    make_cities()
    make_clusters()
    for code in ("2025Q3", "2025Q4"):
        for city in CITIES:
            amount = "500.00" if city == "370100" else "100.00"
            make_city_return(make_city(city), make_period(code), output_value=amount)
        make_publication(period=make_period(code))


@pytest.fixture
def keeper(client, admin):
    client.force_login(admin)
    return client


def statuses():
    """Return the status of every target in the last quarter, by code."""
    found = snapshot(seen())
    return {one.indicator.code: one.status for one in results_in(found, seen("2025Q4").quarter)}


def confirmed(proposal):
    deciding.confirm(proposal, by=make_user("admin"))


def test_a_lower_target_turns_the_verdict_as_it_says(keeper):
    target = make_target()
    assert statuses() == {"cluster-output-share": "target_missed"}
    known = identity()
    send(keeper, target, value="0.3")
    effect = newest().effect
    assert identity() == known
    before = [_status(quarter) for quarter in ("2025Q4", "2025Q3")]
    confirmed(newest())
    after = [_status(quarter) for quarter in ("2025Q4", "2025Q3")]
    assert (before[0], after[0]) == ("target_missed", "achieved")
    assert effect == [
        f"Cluster share: the verdict of {quarter} would change from “{status_word(was)}” to "
        f"“{status_word(then)}”."
        for quarter, was, then in zip(("Q4 2025", "Q3 2025"), before, after, strict=True)
        if was != then
    ]


def test_one_that_turns_nothing_says_so_and_turns_nothing(keeper):
    target = make_target()
    before = statuses()
    send(keeper, target, value="0.49", source="x")
    assert newest().effect == NOTHING
    confirmed(newest())
    assert statuses() == before


def test_a_point_on_the_way_turns_the_quarters_before_the_deadline(keeper):
    target = make_target(baseline_value="0.3", baseline_period="2022Q4", baseline_source="x")
    InterimPoint.objects.create(target=target, period="2025Q3", value="0.35")
    before = {q: _status(q) for q in ("2025Q3", "2025Q4")}
    send(keeper, target, **{"interim_points-0-value": "0.49"})
    effect = newest().effect
    confirmed(newest())
    after = {q: _status(q) for q in ("2025Q3", "2025Q4")}
    turned = [q for q in before if before[q] != after[q]]
    assert turned == ["2025Q3"]
    assert len(effect) == 1
    assert "Q3 2025" in effect[0]


def _status(quarter):
    [one] = results_in(snapshot(seen()), seen(quarter).quarter)
    return one.status


def test_a_clusters_city_turns_the_share(keeper):
    make_target(value=Decimal("0.35"))
    cluster = Cluster.objects.get(city__code="370100")
    send(keeper, cluster, city=make_city("370400").pk)
    assert "from “Achieved” to “Target missed”" in newest().effect[0]
    confirmed(newest())
    assert statuses() == {"cluster-output-share": "target_missed"}


def test_years_of_a_plan_take_its_targets_from_a_quarter(keeper):
    make_target()
    make_plan(code="next", first_year=2026, last_year=2030)
    plan = Plan.objects.get(code="311")
    send(keeper, plan, last_year="2024")
    assert "to “not judged”" in newest().effect[0]


def test_a_new_target_is_judged_from_then_on(keeper):
    stands = make_target()
    given = {"indicator": "own", "name": "自定", "kind": "level", "measure": "output_value"}
    assert "自定: the verdict of Q4 2025 would change from “not judged” to “Achieved”." in (
        _effect_of_new(stands, **given)
    )


def _effect_of_new(like, **given):
    [record] = keeper_of("indicators.target").stands(
        like, [f.name for f in Target._meta.fields][1:]
    )
    record |= {"pk": None, "fields": record["fields"] | {"numerator": "", "unit": "yuan"} | given}
    proposal = ProposedChange(object_type="indicators.target", after=[record])
    return [one for one in keeper_of("indicators.target").effect(proposal) if one not in NOTHING]


def test_a_line_that_nobody_counted_over_is_said_to_be_new(keeper):
    like = make_target("firms-over-100m")
    given = {"indicator": "own", "name": "自定", "threshold": "5000000.00", "unit": "count"}
    assert _effect_of_new(like, **given) == [
        "It counts something that is not counted yet: see its page once confirmed."
    ]


def test_a_park_that_is_established_turns_a_target_of_parks(keeper):
    make_target(
        "parks",
        kind="established",
        things="parks",
        unit="count",
        value="1",
        measure="",
        numerator="",
    )
    park = make_park()
    before = statuses()
    send(keeper, park, established_on="2025-06-01", established_evidence="文件")
    effect = newest().effect
    confirmed(newest())
    assert (statuses() != before) == (effect != NOTHING)
    assert effect != NOTHING


def test_the_page_says_it_in_the_readers_language(keeper):
    send(keeper, make_target(), value="0.3")
    page = keeper.get(f"/proposals/{newest().pk}/", headers={"accept-language": "zh-hans"})
    assert newest().effect != page.context["effect"]
    assert "2025年四季度" in page.context["effect"][0]
