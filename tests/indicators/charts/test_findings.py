"""The sentence that stands as a chart's title: what was found, with its number."""

from decimal import Decimal

import pytest
from django.utils import translation

from clusters.models import City
from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.charts import findings
from indicators.formulas.heaping import strip
from indicators.regions.amounts import Amounts, history
from indicators.regions.place_figures import CityHistory, PlacePoint
from indicators.verdict.explanation import bare_finding, finding
from indicators.verdict.goal import Goal
from indicators.verdict.sentences import ValueKind
from indicators.verdict.standing import judge

Q3, YEAR_BEFORE = Quarter(2025, 3), Quarter(2024, 3)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        pytest.param("327890000.00", "327.89 million yuan", id="from one 亿 on"),
        pytest.param("75845500.00", "7,584.55 ten thousand yuan", id="less than one 亿"),
        pytest.param("-12345.00", "−1.23 ten thousand yuan", id="a fall"),
        pytest.param("0.00", "0.00 ten thousand yuan", id="nothing"),
    ],
)
def test_an_amount_is_written_in_the_unit_that_suits_its_size(amount, written):
    assert findings.money(Decimal(amount)) == written


@pytest.mark.parametrize(
    ("fraction", "written"),
    [("0.5325", "53.3%"), ("0.9999", "99.99%"), ("1", "100.0%"), ("0.0001", "0.01%")],
)
def test_a_share_never_reads_as_the_whole_that_it_is_not(fraction, written):
    assert findings.share(Decimal(fraction)) == written


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        pytest.param("120", "100", "120.00 million yuan, +20.0% on the year", id="more"),
        pytest.param("80", "100", "8,000.00 ten thousand yuan, −20.0% on the year", id="less"),
        pytest.param("80", None, "8,000.00 ten thousand yuan", id="nothing to compare with"),
        pytest.param("80", "0", "8,000.00 ten thousand yuan", id="nothing the year before"),
        pytest.param(None, "100", "not reported", id="not reported"),
    ],
)
def test_amounts_say_what_the_newest_came_to_and_how_that_is_on_the_year(now, before, found):
    series = {
        quarter: None if million is None else Decimal(million) * 1_000_000
        for quarter, million in ((YEAR_BEFORE, before), (Q3, now))
    }
    of = history("firm", Amounts.CUMULATIVE, {Measure.REVENUE: series}, series)

    what = "Environmental revenue (Cumulative from 1 January), end of Q3 2025: "
    assert findings.of_amounts(of) == what + found


def test_an_amount_over_a_gap_cannot_be_told():
    ytd = {Quarter(2025, 1): Decimal(5), Q3: Decimal(9)}
    of = history("firm", Amounts.QUARTER, {Measure.REVENUE: ytd}, ytd)

    assert findings.of_amounts(of).endswith("end of Q3 2025: cannot be told")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param("0.5325", "53.3%; 3.3 percentage points over the target", id="over"),
        pytest.param("0.4996", "49.96%; 0.04 percentage points short of the target", id="short"),
        pytest.param("0.5", "50.0%; as the target wants", id="as wanted"),
    ],
)
def test_a_target_says_how_far_it_is_off_and_never_that_it_is_met_when_it_is_not(value, words):
    goal = Goal(target=Decimal("0.5"), comparator=">=", deadline=Quarter(2025, 4))

    assert words in finding(judge(Decimal(value), goal, Q3), ValueKind.SHARE)


def test_within_its_band_a_figure_is_as_the_target_wants():
    goal = Goal(
        target=Decimal(100),
        comparator="about",
        deadline=Quarter(2025, 4),
        band=(Decimal(90), Decimal(110)),
    )

    assert "as the target wants: about 100 firms" in finding(
        judge(Decimal(95), goal, Q3), ValueKind.FIRMS
    )
    assert "20 firms over" in finding(judge(Decimal(120), goal, Q3), ValueKind.FIRMS)


def test_a_figure_that_nobody_gave_is_not_reported():
    assert bare_finding(None, Q3, ValueKind.FIRMS) == "end of Q3 2025: not reported"
    some = bare_finding(None, Q3, ValueKind.FIRMS, any_reported=True)
    assert some == "end of Q3 2025: not complete"
    assert bare_finding(Decimal(3), Q3, ValueKind.FIRMS) == "end of Q3 2025: 3 firms"


def share_of(**shares):
    """A city's history; a share by quarter such as q2024_3, None where somebody is silent."""
    return CityHistory(
        City(name="济南市", name_en="Jinan"),
        tuple(
            PlacePoint(
                Quarter(*map(int, quarter[1:].split("_"))),
                Decimal(1),
                None,
                share=None if share is None else Decimal(share),
                provisional=share is None,
            )
            for quarter, share in shares.items()
        ),
        16,
    )


def test_a_citys_share_is_told_of_the_newest_quarter_that_every_city_has_reported():
    of = share_of(q2024_2="0.19", q2024_3="0.191", q2025_2="0.195", q2025_3="0.196", q2025_4=None)
    told = findings.of_city_share(of)
    assert told == (
        "Jinan's share of the province's output value of four quarters, to the end of Q3 2025: "
        "19.6%, same 16 cities on the year: +0.5 percentage points"
    )
    with translation.override("zh-hans"):
        assert "同口径16市同比+0.5个百分点" in findings.of_city_share(of)
        assert "19.6%" in findings.of_city_share(of)


def test_a_citys_share_without_a_year_before_has_no_change_and_without_any_says_so():
    assert findings.of_city_share(share_of(q2025_3="0.196")).endswith("end of Q3 2025: 19.6%")
    assert findings.of_city_share(share_of(q2025_3=None)).endswith(
        "no four quarters that every city has reported"
    )


def test_a_heap_says_how_many_lie_on_either_side_in_both_languages():
    found = strip([Decimal(99), Decimal(100), Decimal("100.5")], Decimal(100))

    told = "Within 2% of the threshold: 2 enterprises not over it, 1 over it"
    assert findings.of_heap(found) == told
    with translation.override("zh-hans"):
        assert findings.of_heap(found) == "门槛值上下2%以内：未过线2家，已过线1家"
