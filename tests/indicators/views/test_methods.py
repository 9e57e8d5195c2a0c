"""How every target of the plan is calculated, on one page that the foot of every page links."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.html import escape
from lxml import html

from config.web.navigation import demonstration
from enterprises.models import Enterprise
from indicators.catalogue import INDICATORS
from indicators.formulas.firm_outlook import NEAR_FROM
from indicators.formulas.forecast import FEWEST_QUARTERS, MOST_CHANGES
from indicators.formulas.likely_range import FEWEST_QUARTERS as FEWEST_TRIED
from indicators.formulas.likely_range import (
    FEWEST_RATIOS,
    LEAST_ERROR,
    LEAST_RATE,
    EstimateRecord,
)
from indicators.methodology.estimate_records import TargetRecord
from indicators.methodology.rules_in_words import RULES
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


def test_the_rules_name_the_numbers_that_are_calculated_with():
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

    with django_assert_max_num_queries(8):
        assert len(client.get(URL).context["indicators"]) == 10


def test_the_rules_of_ranges_have_the_addresses_that_pages_link_to():
    keys = {rule.key for rule in RULES}
    wanted = {
        *("certain", "likely", "break_even", "weight", "standing", "projection"),
        *("like_for_like", "withdrawn"),
    }
    assert wanted <= keys
    assert "bounds" not in keys


def test_the_rule_of_the_likely_range_names_the_numbers_that_are_calculated_with():
    text = {rule.key: str(rule.text) for rule in RULES}
    assert f"fewer than {FEWEST_RATIOS} ratios" in text["likely"]
    assert f"at least {LEAST_ERROR * 100:.0f} percent away" in text["likely"]
    assert (Decimal("0.90"), 4) == (LEAST_RATE, FEWEST_TRIED)
    assert "nine trials of ten, over at least four quarters" in text["standing"]


def record(**given):
    return EstimateRecord(
        **{
            "rate": Decimal("0.97"),
            "width": Decimal("0.0022"),
            "worst": "2024Q4",
            "worst_rate": Decimal("0.882"),
            "quarters": 11,
            "trials": 200,
        }
        | given
    )


def test_prints_the_record_beside_the_plain_method(client, official, monkeypatch):
    make_province()
    share = INDICATORS["cluster-output-share"]
    rows = [TargetRecord(share, record(), record(rate=Decimal("0.005")), "Corrected once.")]
    monkeypatch.setattr("indicators.views.methods.record_rows", lambda of, quarter: rows)
    client.force_login(official)

    page = html.fromstring(client.get(URL).content.decode())
    text = " ".join(" ".join(page.itertext()).split())
    assert "97.0% 0.22 percentage points Q4 2024 · 88.2% 11 200" in text
    assert "last year × the common growth (for comparison) 0.5%" in text
    assert "from a weight of coverage of 60% on" in text
    assert "Cluster share: Corrected once." in text


def test_says_that_a_rate_on_invented_data_proves_the_program_alone(client, official):
    make_province()
    client.force_login(official)
    said = "it proves the program and not the method"
    assert said not in client.get(URL).content.decode()

    Enterprise.objects.update(is_demonstration=True)
    demonstration.forget()
    assert said in client.get(URL).content.decode()


def test_shares_totals_and_counts_have_a_row_and_things_on_record_none(client, official):
    make_province()
    make_target("parks", kind="established", things="parks", value="10", unit="count")
    make_target("total", kind="level", measure="revenue", unit="yi", value="9")
    client.force_login(official)

    rows = client.get(URL).context["records"]
    assert {row.indicator.code for row in rows} == {
        "cluster-output-share", "firms-over-100m", "total"
    }  # fmt: skip
