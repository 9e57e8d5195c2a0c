"""A briefing says what has changed since the last; later it can be asked what has changed since."""

from decimal import Decimal

import pytest

from clusters.models import CityReturn, Publication
from clusters.viewpoint import today
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.models import Briefing
from submissions.papers import briefings
from submissions.papers.issuing import issue_briefing
from tests.audit.rewritten import erase
from tests.factories import CITIES, make_city, make_city_return, make_period, make_publication
from tests.province import make_firms, make_province

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province():
    """Sixteen cities in the third quarter; Yantai is silent."""
    return make_province(silent=["370600"])


def draft(code="2025Q3"):
    seen = today(Quarter.parse(code))
    return briefings.draft_after(Briefing.objects.all(), snapshot(seen), seen)


def speak(city="370600", amount="400000000.00"):
    make_city_return(make_city(city), make_period("2025Q3"), output_value=amount)
    make_publication()


def test_the_first_one_has_nothing_to_differ_from():
    data = draft()
    assert data["previous"] is None
    assert data["changes"] == []


def test_the_next_one_says_figure_by_figure_what_has_changed(reviewer):
    first = issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    speak()

    data = draft()
    assert data["previous"]["number"] == first.number
    assert data["previous"]["sha256"] == first.sha256
    changed = {row["key"]: row for row in data["changes"]}
    share = changed["target:cluster-output-share:value"]
    # Before, a city was silent: the share of the others is no figure of the province.
    assert (share["before"], share["difference"]) == (None, None)
    assert Decimal(share["after"]) == Decimal(3) / 19
    certain = changed["target:cluster-output-share:certain"]
    assert (certain["before"], certain["after"]) == ("..0.2", None)
    assert "cluster:jinan:output_value" not in changed


def test_figures_of_other_months_stand_beside_each_other_without_a_difference(reviewer):
    issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    for code in CITIES:
        make_city_return(make_city(code), make_period("2025Q4"), output_value="150000000.00")
    make_firms(make_city(), make_period("2025Q4"), 1)
    make_publication(period=make_period("2025Q4"))

    changed = {row["key"]: row for row in draft("2025Q4")["changes"]}

    output = changed["cluster:jinan:output_value"]
    assert (output["before"], output["after"]) == ("100000000.00", "150000000.00")
    assert output["difference"] is None
    # Who has joined the register has done so at any time of the year.
    assert changed["enterprises:registered"]["difference"] == "1"


def test_an_issued_one_stays_what_it_was_and_tells_what_has_changed_since(reviewer):
    issued = issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    before = issued.content
    assert briefings.since(issued) == []
    speak()

    issued = Briefing.objects.get()
    assert issued.content == before
    assert issued.is_intact
    assert "target:cluster-output-share:value" in {row["key"] for row in briefings.since(issued)}


def test_a_restated_figure_is_among_what_has_changed(reviewer):
    issued = issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    erase(CityReturn.objects.filter(city=make_city("370100")))
    speak("370100", "90000000.00")

    rows = {row["key"]: row for row in briefings.since(issued)}
    assert rows["cluster:jinan:output_value"]["difference"] == "-10000000.00"


def test_it_names_the_newest_publication_as_what_it_rests_on():
    newest = Publication.objects.latest("pk")
    assert draft()["snapshot"]["publication"] == str(newest.pk)
    assert draft()["demonstration"] is False


def test_looking_back_one_of_a_later_day_is_not_there_yet(reviewer):
    issued = issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    every = [issued]

    assert briefings.before(every, issued.plan, issued.issued_at) == issued
    earlier = issued.issued_at.replace(year=2020)
    assert briefings.before(every, issued.plan, earlier) is None
    assert briefings.before(every, None, issued.issued_at) is None
