"""A province of two years with something of all that a chart can show."""

from datetime import timedelta
from decimal import Decimal

from clusters.models import CityReturn
from enterprises.models import EnterpriseReturn
from indicators.models import Target
from parks.models import ParkReturn
from tests.factories import (
    CITIES,
    PUBLISHED_AT,
    make_city,
    make_city_return,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_publication,
    make_target,
)
from tests.province import make_province

# Where each kind of chart of it stands, but for those of a place's amounts.
CHARTS = [
    "/indicators/cluster-output-share/?period=2025Q3",
    "/indicators/firms-over-100m/?period=2025Q3",
    "/indicators/total/?period=2025Q3",
    "/indicators/staff/?period=2025Q3",
    "/indicators/parks/?period=2025Q3",
    "/indicators/firms-over-100m/heaping/?period=2025Q3",
    "/indicators/cluster-output-share/movement/?period=2025Q3&from=2024Q3",
    "/indicators/firms-over-100m/movement/?period=2025Q3&from=2024Q3",
    "/cities/?period=2025Q3",
    "/parks/qingdao-park/?period=2025Q3",
]
LATER = PUBLISHED_AT + timedelta(days=30)


def make_two_years():
    """
    Two years of sixteen cities, with something of all that a chart can show.

    2025Q2 nobody reported, in 2025Q3 Yantai is silent, of 2025Q4 there is one city. 2024Q3 and
    2024Q4 were restated; there are targets of every kind, with a baseline, a forecast and a band.
    """
    make_province(period="2025Q3", silent=["370600"])
    make_period("2025Q2")
    firms = [make_enterprise(make_city(code)) for code in CITIES]
    quarters = [f"{year}Q{n}" for year in (2023, 2024) for n in (1, 2, 3, 4)]
    for at, code in enumerate([*quarters, "2025Q1"]):
        make_quarter(make_period(code), at, firms)
    make_city_return(make_city("370100"), make_period("2025Q4"), output_value="450000000.00")
    make_enterprise_return(firms[0], make_period("2025Q4"), revenue="130000000.00")
    restate(make_city("370100"), make_period("2024Q4"), firms[0])
    make_targets()
    make_publication(period=make_period("2025Q4"))


def make_quarter(period, at, firms):
    """A quarter of which every city reports, with amounts that differ from the others'."""
    for n, firm in enumerate(firms):
        amount = Decimal(f"{(int(period.code[-1]) * 25_000_000 + at * 1_234_567 + n * 987_654)}.37")
        make_city_return(firm.city, period, output_value=amount, employees=100 + n + at)
        make_enterprise_return(firm, period, revenue=amount + n, output_value=amount)
    park = ParkReturn.objects.first().park
    ParkReturn.objects.create(
        park=park, period=period, output_value=Decimal("7654321.09") * (at + 1), published_at=LATER
    )


def restate(city, period, firm):
    """Publish other figures of a quarter in the place of those in force: the park's too."""
    rows = [
        (CityReturn, {"city": city}, {"output_value": "123456789.01"}),
        (EnterpriseReturn, {"enterprise": firm}, {"revenue": "99999999.99", "city": city}),
        (ParkReturn, {"park": ParkReturn.objects.first().park}, {"output_value": "81000000.00"}),
    ]
    for model, whose, figures in rows:
        model.objects.filter(period=period, **whose).update(superseded_at=LATER)
        model.objects.create(period=period, published_at=LATER, **whose, **figures)


def make_targets():
    """The contract's two with a baseline, and one of each other kind."""
    for code, value in (("cluster-output-share", "0.16"), ("firms-over-100m", "2")):
        target = Target.objects.get(indicator=code)
        target.baseline_value, target.baseline_period = Decimal(value), "2023Q4"
        target.save()
    make_target(
        "total",
        kind="level",
        measure="output_value",
        unit="yi",
        value="90",
        baseline_value="16",
        baseline_period="2023Q4",
    )
    make_target(
        "staff",
        kind="level",
        measure="employees",
        unit="count",
        value="2000",
        comparator="about",
        band_low="1900",
        band_high="2100",
    )
    make_target("parks", kind="established", things="parks", value="10", unit="count")
