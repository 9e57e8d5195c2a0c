"""The largest correction of a complete quarter, in words beside a complete figure."""

from datetime import timedelta

import pytest
from django.utils import translation

from clusters.models import CityReturn
from clusters.viewpoint import today
from foundation.quarters import Quarter
from indicators.catalogue import INDICATORS
from indicators.data.snapshot_reader import snapshot
from indicators.methodology.past_corrections import correction_words
from indicators.results.share_result import numerator_cities
from tests.audit.rewritten import erase
from tests.factories import PUBLISHED_AT, make_city, make_city_return, make_period, make_publication
from tests.province import make_province

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2024, 4)


def said(code="cluster-output-share"):
    of, indicator = snapshot(today(QUARTER)), INDICATORS[code]
    return correction_words(of, indicator, numerator_cities(of, indicator, QUARTER))


def correct(code, amount):
    """Publish another figure of a city's quarter in the place of the one in force."""
    later = PUBLISHED_AT + timedelta(days=30)
    CityReturn.objects.filter(city=make_city(code)).update(superseded_at=later)
    make_city_return(
        make_city(code), make_period("2024Q4"), output_value=amount, published_at=later
    )
    make_publication(period=make_period("2024Q4"), published_at=later)


def test_it_names_the_quarter_and_both_figures_in_each_language():
    make_province(period="2024Q4")
    correct("370700", "80000000.00")

    assert said() == "Largest correction of a complete quarter so far: Q4 2024, 18.75% → 18.99%."
    with translation.override("zh-hans"):
        assert said() == "已齐报的季度迄今最大修订：2024年四季度18.75%→18.99%。"


def test_of_what_was_never_corrected_it_says_so():
    make_province(period="2024Q4")
    assert said() == "No complete quarter has been corrected so far."


def test_without_a_complete_quarter_there_is_nothing_to_say():
    make_province(period="2024Q4", silent=["370600"])
    assert said() == ""


def test_of_a_count_the_cities_own_totals_say_nothing():
    make_province(period="2024Q4")
    assert said("firms-over-100m") == ""


def test_it_stands_beside_a_complete_figure_and_not_beside_an_estimate(client, official):
    make_province(period="2024Q4")
    client.force_login(official)
    page = "/indicators/cluster-output-share/?period=2024Q4"
    assert "No complete quarter has been corrected" in client.get(page).content.decode()

    erase(CityReturn.objects.filter(city=make_city("370600")))
    make_publication(period=make_period("2024Q4"))
    assert "No complete quarter has been corrected" not in client.get(page).content.decode()
