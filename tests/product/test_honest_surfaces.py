"""While cities are silent no surface says more than the accepted cells bear, and all say alike."""

import re
from collections import defaultdict
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model

from tests.depth import DEEP
from tests.factories import make_city, make_user
from tests.product.test_verify_proof import SHARE, written  # noqa: F401
from tests.walker.asking import showing
from tests.walker.surfaces import LANGUAGES, names
from tests.walker.values import Surface
from tests.walker.walking import Walk, read

pytestmark = pytest.mark.django_db
NOW = "period=2025Q4"
# Of the reporting cities alone: never shown as the province's.
REPORTED_ONLY, COUNTED_ONLY, CITIES = Decimal("0.6011994424"), Decimal(253), Decimal(13)
# What was said before: changes between different cities or months.
UNLIKE = {"points": [Decimal("0.108"), Decimal("0.097")], "firms": [Decimal(37), Decimal(-23)]}
# The likely range and the ceiling of the share, as pages and as files write them.
LOW, HIGH, CEILING = (Decimal("50.5"), Decimal("50.8"), Decimal("53.3"))
API_ENDS = (Decimal("0.5059"), Decimal("0.5076"), Decimal("0.5326"))


@pytest.fixture(scope="module")
def walked(written, django_db_blocker):  # noqa: F811
    """What an official and a bureau see of the newest quarter, each table's files too."""
    with django_db_blocker.unblock():
        make_user("official", username="official")
        make_user("bureau", make_city("370100"), username="jinan")
        walk = {
            "moments": [NOW],
            "objects": 2 if DEEP else 1,
            "kinds": 1,
            "only": list(with_figures()),
        }
        return [
            *Walk(roles=["official"], languages=["zh-hans"], **walk).readings(),
            *Walk(roles=["jinan"], languages=["en"], **walk).readings(),
        ]


def with_figures():
    """The pages, files and answers that show the province's figures; the rest is of workbooks."""
    without = ("submissions:", "admin:", "briefing:issued", "briefing:docx", "briefing:data")
    return (name for name in names() if not name.startswith(without))


def beside(reading, value):
    """The numbers that stand in the same sentence, row or record as a value."""
    place = value.context if value.where in ("table", "cell", "leaf") else ()
    same = [
        one
        for one in reading.values
        if (one.label == value.label and one.context == value.context)
        or (place and one.context[: len(place)] == place)
    ]
    # "Share of the %(number)s cities that reported": the column's name says their number.
    told = " ".join([value.label, *value.context])
    named = {CITIES, Decimal(2)} if "%(number)s cit" in told else set()
    counts = re.findall(r"(\d+)(?:市| cities)", told)
    return {one.number for one in same} | named | set(map(Decimal, counts))


def test_the_share_of_the_reporting_cities_never_stands_without_their_number(walked):
    alone = [
        f"{surface}: {value}"
        for surface, value in showing(walked, REPORTED_ONLY, least_places=1)
        if value.kind != "points"
        and CITIES not in beside(dict_of(walked)[surface], value)
        and "reported_only" not in value.label
    ]
    assert alone == [], "\n".join(alone)


def test_nor_does_it_rounded_to_a_whole_percent(walked):
    found = [
        f"{surface}: {value}"
        for surface, value in showing(walked, REPORTED_ONLY, kinds=["percent"])
        if value.number == 60
        # From which weight of coverage on the silent cities are estimated.
        and value.part != "least"
    ]
    assert found == []


def dict_of(walked):
    return dict(walked)


@pytest.mark.parametrize("kind", UNLIKE)
def test_no_change_is_between_different_cities_or_months(walked, kind):
    found = [
        f"{surface}: {value}"
        for number in UNLIKE[kind]
        for surface, value in showing(walked, number, kinds=[kind], least_places=1)
        if surface.name != "indicators:what_if"
    ]
    assert found == []


def test_both_targets_say_the_same_change_on_the_year_of_the_same_cities(walked):
    pages = ("indicators:overview", "indicators:indicator")
    for number, kind in ((Decimal("0.014"), "points"), (Decimal(20), "firms")):
        shown = {
            surface.name
            for surface, value in showing(walked, number, kinds=[kind])
            if CITIES in beside(dict_of(walked)[surface], value)
        }
        assert set(pages) <= shown


SURFACES = [
    f"/?{NOW}",
    f"/indicators/{SHARE}/?{NOW}",
    f"/what-if/?{NOW}",
    "/briefing/2025Q4/",
    "/assessment/311/",
    f"print:/?{NOW}",
]


@pytest.fixture
def readers(written, db):  # noqa: F811
    """An official, for a surface at a time."""
    if not get_user_model().objects.filter(username="official").exists():
        make_user("official", username="official")


@pytest.mark.usefixtures("readers")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_surface_says_the_same_range_and_ceiling(language):
    said = defaultdict(set)
    for address in SURFACES:
        for value in read(Surface("official", language, address)).values:
            if value.kind == "percent" and value.number in (LOW, HIGH, CEILING):
                said[address].add(value.number)
    assert said == dict.fromkeys(SURFACES, {LOW, HIGH, CEILING})


@pytest.mark.usefixtures("readers")
@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_the_api_says_the_same_in_every_form(form):
    address = f"/api/v1/indicators/?{NOW}&format={form}"
    numbers = {value.number for value in read(Surface("official", "en", address)).values}
    assert set(API_ENDS) <= numbers


@pytest.mark.usefixtures("readers")
@pytest.mark.parametrize("language", LANGUAGES)
def test_with_two_cities_no_surface_gives_an_estimate_or_the_share_alone(language):
    early = f"{NOW}&as_of=2026-01-18"
    of_two = Decimal("0.7243480365")
    for address in (f"/?{early}", f"/indicators/{SHARE}/?{early}"):
        reading = read(Surface("official", language, address))
        for value in reading.values:
            if value.kind == "percent" and value.number in (Decimal("72.4"), Decimal("72")):
                assert Decimal(2) in beside(reading, value), value
        assert not [v for v in reading.values if v.number in (LOW, HIGH)]
        alone = [v for _s, v in showing([(None, reading)], of_two, least_places=1)]
        # The share of the two stands on the target's own page, with their number, and only there.
        assert bool(alone) is address.startswith("/indicators/")


@pytest.mark.usefixtures("readers")
def test_a_count_says_of_how_many_cities_it_is():
    for address in (f"/?{NOW}", "/indicators/firms-over-100m/?" + NOW, "/cities/?" + NOW):
        reading = read(Surface("official", "zh-hans", address))
        for value in reading.values:
            if value.number == COUNTED_ONLY and value.kind == "firms":
                assert CITIES in beside(reading, value), value
