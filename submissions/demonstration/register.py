"""Enters the demonstration's firms and titles, baselines and establishments."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from audit.guards import lifted
from audit.history import marked
from clusters.models import City, Cluster
from enterprises.models import Enterprise, IndustryField, Tier, TierAward
from indicators.models import Target
from parks.models import Park
from submissions.demonstration import places, province, story, totals
from submissions.demonstration.province import CLUSTER_CITIES, FIRST

REASON = "示例数据"
DOCUMENT = "示例文件（非真实）"
COUNTS = ("clusters-established", "parks-established", "leading-enterprises")
PLAN_ENTERED = datetime(2023, 12, 8, 1, tzinfo=UTC)
BASELINES_ENTERED = datetime(2023, 12, 20, 1, tzinfo=UTC)
# City code -> day of establishment; None: found not to be established.
CLUSTER_DAYS = {"370100": date(2025, 3, 28), "370200": date(2025, 10, 30), "370300": None}
PARK_DAYS = {
    "370200": date(2024, 6, 18),
    "370400": date(2025, 5, 20),
    "370600": date(2024, 9, 26),
    "370700": date(2024, 11, 15),
    "370800": date(2025, 1, 10),
    "370900": date(2025, 8, 8),
    "371100": None,
    "371400": date(2025, 12, 12),
    "371500": None,
}
FOUND_NOT = date(2025, 12, 31)
BASELINE_SOURCE = "示例数据：合成的基期值，并非官方数据"


@transaction.atomic
def enter_firms() -> int:
    """Enter missing firms with their titles; return how many."""
    known = set(Enterprise.objects.values_list("credit_code", flat=True))
    missing = [
        firm
        for firm in province.firms()
        if firm.credit_code not in known and firm.number != story.newcomer()
    ]
    cities = City.objects.in_bulk(field_name="code")
    fields = IndustryField.objects.in_bulk(field_name="code")
    parks = places.parks()
    entered = bulk_create_with_history(
        [
            Enterprise(
                credit_code=firm.credit_code,
                name=firm.name,
                city=cities[firm.city],
                park=parks.get(firm.city) if firm.in_park else None,
                field=fields[firm.field],
                is_demonstration=True,
            )
            for firm in missing
        ],
        Enterprise,
        default_change_reason=marked(REASON),
    )
    enter_titles({one.credit_code: one for one in entered}, missing)
    return len(missing)


def enter_titles(entered: dict[str, Enterprise], firms: list[province.Firm]) -> None:
    """Enter the titles of newly entered firms."""
    tiers = Tier.objects.in_bulk(field_name="code")
    bulk_create_with_history(
        [
            TierAward(
                enterprise=entered[firm.credit_code],
                tier=tiers[award.tier],
                awarded_on=award.awarded_on,
                expires_on=award.expires_on,
                document=DOCUMENT,
            )
            for firm in firms
            for award in firm.awards
        ],
        TierAward,
        default_change_reason=marked(REASON),
    )


def enter_baselines() -> None:
    """
    Give each target without a baseline a made-up one with a source that says so.

    Only as the owner of the tables: history is append-only for everybody else.
    """
    of_first = totals.province_totals(FIRST)
    output = sum(city.output_value for city in of_first.values())
    clusters = sum(of_first[code].output_value for code in CLUSTER_CITIES)
    values = {
        "cluster-output-share": (clusters / output).quantize(Decimal("0.0001")),
        "firms-over-100m": Decimal(sum(city.enterprises_over_100m for city in of_first.values())),
        **dict.fromkeys(COUNTS, Decimal(0)),
    }
    for target in Target.objects.filter(indicator__in=values, baseline_value__isnull=True):
        # An as-of view finds the target as if entered when the plan was published.
        with lifted("indicators_historicaltarget"):
            target.history.filter(history_type="+").update(history_date=PLAN_ENTERED)
        target.baseline_value = values[target.indicator]
        target.baseline_period = str(FIRST)
        target.baseline_source = BASELINE_SOURCE
        target._change_reason = REASON
        target._history_date = BASELINES_ENTERED
        target.save()


@transaction.atomic
def enter_establishments() -> None:
    """
    Enter whether clusters and parks without a record are established.

    Binzhou's park gets none, to show how an unknown establishment looks.
    """
    for model, days in ((Cluster, CLUSTER_DAYS), (Park, PARK_DAYS)):
        unsaid = model.objects.filter(established_on=None, not_established_on=None)
        for one in unsaid.filter(city__code__in=days).select_related("city"):
            if (day := days[one.city.code]) is None:
                one.not_established_on = FOUND_NOT
            else:
                one.established_on, one.established_evidence = day, DOCUMENT
            one._change_reason = REASON
            one.save()
