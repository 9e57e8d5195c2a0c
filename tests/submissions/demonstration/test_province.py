"""The synthetic province is reproducible, and has the properties that its docstrings state."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from config.deploy.reference_data import read
from enterprises.credit_code import problem
from foundation.quarters import Quarter
from submissions.demonstration import names, progress, province, story, totals
from submissions.demonstration.province import CLUSTER_CITIES, LAST, OVER, PROFILES

YEARS = (2023, 2024, 2025)


@pytest.fixture(scope="module")
def history():
    """Every city's totals in every quarter, silent ones included."""
    return {quarter: totals.province_totals(quarter) for quarter in story.quarters()}


def shares(history):
    for quarter, cities in history.items():
        clusters = sum(cities[code].output_value for code in CLUSTER_CITIES)
        yield quarter, clusters / sum(city.output_value for city in cities.values())


@pytest.mark.parametrize("module", [names, progress, province, story, totals])
def test_the_story_needs_no_django(module):
    assert "django" not in Path(module.__file__).read_text()


def test_about_nine_hundred_firms_of_which_a_hundred_lead():
    firms = province.firms()
    tiers = Counter(award.tier for firm in firms for award in firm.awards)

    assert 890 <= len(firms) <= 920
    assert tiers["leading"] == 100
    assert tiers["chain-leader"] == len(PROFILES)
    assert tiers["specialised"] > 100
    assert tiers["listed"] > 10


def test_its_cities_and_park_cities_are_the_plans():
    plan = read("plan_311.json")

    assert set(PROFILES) == {city["code"] for city in read("cities.json")["cities"]}
    assert {cluster["city"] for cluster in plan["clusters"]} == set(CLUSTER_CITIES)
    assert {park["city"] for park in plan["parks"]["rows"]} == province.PARK_CITIES
    assert {award.tier for firm in province.firms() for award in firm.awards} == {
        tier["code"] for tier in read("register.json")["tiers"]["rows"]
    }


def test_every_firm_is_fictional():
    firms = province.firms()

    assert len({firm.credit_code for firm in firms}) == len(firms)
    assert len({firm.name for firm in firms}) == len(firms)
    assert not [firm for firm in firms if problem(firm.credit_code)]
    assert all(firm.name.startswith("示例·") for firm in firms)


def test_a_tenth_of_the_firms_brings_more_than_half_of_the_revenue():
    sizes = sorted((firm.revenue for firm in province.firms()), reverse=True)

    assert sum(sizes[: len(sizes) // 10]) > sum(sizes) / 2
    assert sum(sizes[: len(sizes) // 3]) > sum(sizes) * 0.8


def test_the_year_2025_ends_with_about_three_hundred_over_100_million(history):
    over = {q: sum(c.enterprises_over_100m for c in history[q].values()) for q in history}

    assert 290 <= over[LAST] <= 310
    assert over[Quarter(2022, 4)] < over[Quarter(2023, 4)] < over[Quarter(2024, 4)] < over[LAST]


def test_the_firm_at_exactly_100_million_is_not_over_it():
    (line,) = [
        line
        for line in story.lines(story.EXACT_CITY, LAST, 1)
        if line.firm.number == story.exact_firm()
    ]

    assert line.revenue == OVER
    assert line.total_revenue >= line.revenue


def test_the_silence_leaves_open_whether_there_are_three_hundred(history):
    gone = story.SILENT | story.UNANSWERED
    accepted = sum(
        city.enterprises_over_100m
        for code, city in history[LAST].items()
        if (code, LAST) not in gone
    )
    assert accepted < 290


def test_several_firms_stand_between_80_and_100_million():
    near = [
        line
        for city in PROFILES
        for line in story.truth(city, LAST)
        if Decimal("80000000") < line.revenue < OVER
    ]
    assert len(near) >= 10


def test_the_clusters_share_crosses_one_half_once(history):
    above = [share > Decimal("0.5") for _quarter, share in shares(history)]

    assert not above[0]
    assert above[-1]
    assert sum(one != next_one for one, next_one in zip(above, above[1:], strict=False)) == 1


def test_the_accepted_share_crosses_one_half_once(history):
    """As the dashboard shows it: without the silent cities, before the restatement."""
    above = []
    for quarter, cities in history.items():
        gone = {city for city, when in story.SILENT | story.UNANSWERED if when == quarter}
        made = {code: totals.city_totals(code, story.lines(code, quarter, 1)) for code in cities}
        there = {code: city.output_value for code, city in made.items() if code not in gone}
        above.append(sum(there[code] for code in CLUSTER_CITIES) * 2 > sum(there.values()))

    assert sum(one != next_one for one, next_one in zip(above, above[1:], strict=False)) == 1


def test_cumulative_figures_never_fall_within_a_year_but_in_the_story():
    fallen = []
    for city in PROFILES:
        for year in YEARS:
            earlier = {}
            for number in (1, 2, 3, 4):
                for line in story.truth(city, Quarter(year, number)):
                    before = earlier.get(line.firm.number)
                    if before and (
                        line.revenue < before.revenue or line.output_value < before.output_value
                    ):
                        fallen.append((city, str(Quarter(year, number)), line.firm.number))
                    earlier[line.firm.number] = line
    assert fallen == [(story.REVERSAL_CITY, str(story.REVERSAL), story.reversal_firm())]


def test_the_part_never_exceeds_the_whole():
    for city in PROFILES:
        for quarter in story.quarters():
            for version in (1, 2):
                told = story.lines(city, quarter, version)
                assert all(line.revenue <= line.total_revenue for line in told)
                assert totals.city_totals(city, told).revenue >= sum(line.revenue for line in told)


def test_every_amount_fits_the_citys_unit():
    for city, profile in PROFILES.items():
        for line in story.lines(city, LAST, 1):
            assert line.revenue % profile.quantum == 0
            assert line.output_value % profile.quantum == 0


def test_last_years_figure_is_what_last_year_reported():
    for city in PROFILES:
        for year in YEARS:
            reported = {
                line.firm.number: line.revenue for line in story.truth(city, Quarter(year - 1, 4))
            }
            for line in story.truth(city, Quarter(year, 4)):
                assert line.revenue_last_year == reported.get(line.firm.number)
