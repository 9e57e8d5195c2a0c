"""How every target of the plan is reckoned, on one page that the foot of every page links."""

from fractions import Fraction

import pytest
from django.utils.html import escape

from indicators.formulas.firm_outlook import NEAR_FROM
from indicators.formulas.forecast import FEWEST_QUARTERS, MOST_CHANGES
from indicators.methods import RULES
from tests.factories import make_plan, make_target
from tests.province import make_province

pytestmark = pytest.mark.django_db
URL = "/methods/"


def test_shows_the_formula_of_every_target_of_the_plan(client, official):
    make_province()
    make_target("park-share", kind="share", numerator="park_cities", measure="revenue", value="0.2")
    client.force_login(official)

    page = client.get(URL)
    content = page.content.decode()
    codes = [one.code for one in page.context["indicators"]]
    assert sorted(codes) == ["cluster-output-share", "firms-over-100m", "park-share"]
    for one in page.context["indicators"]:
        assert escape(str(one.formula)) in content
        assert f'href="/indicators/{one.code}/"' in content


def test_shows_the_plan_of_the_quarter_and_no_other(client, official):
    make_province()
    later = make_plan(code="next", title="next", first_year=2026, last_year=2030)
    make_target("of-the-next", plan=later, kind="level", measure="revenue", unit="yi", value="9")
    client.force_login(official)

    codes = [one.code for one in client.get(URL + "?period=2025Q3").context["indicators"]]
    assert codes == ["cluster-output-share", "firms-over-100m"]


def test_shows_the_rules_that_hold_for_all_each_at_its_own_address(client, official):
    make_province()
    client.force_login(official)

    content = client.get(URL).content.decode()
    for rule in RULES:
        assert content.count(f'id="{rule.key}"') == 1
        assert escape(str(rule.text)) in content


def test_the_rules_name_the_numbers_that_are_reckoned_with():
    text = {rule.key: str(rule.text) for rule in RULES}
    assert Fraction(NEAR_FROM) == Fraction(4, 5)
    assert "within a fifth of it" in text["prospects"]
    assert f"{MOST_CHANGES} at most" in text["forecast"]
    assert f"before {FEWEST_QUARTERS} such" in text["forecast"]


def test_the_foot_of_every_page_leads_there_and_keeps_the_viewpoint(client, official):
    make_province()
    client.force_login(official)

    assert 'href="/methods/?period=2025Q3"' in client.get("/parks/?period=2025Q3").content.decode()


def test_more_targets_cost_no_more_queries(client, official, django_assert_max_num_queries):
    make_province()
    for n in range(8):
        make_target(f"total-{n}", kind="level", measure="revenue", unit="yi", value="9")
    client.force_login(official)
    client.get(URL)

    with django_assert_max_num_queries(5):
        assert len(client.get(URL).context["indicators"]) == 10
