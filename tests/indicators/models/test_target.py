"""A target's record: what does not go together is refused at its field."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from enterprises.models import Tier
from indicators.catalogue import FIRMS_OVER_100M, Pace, defined_by
from indicators.models import InterimPoint, Target
from tests.factories import make_plan, make_target

pytestmark = pytest.mark.django_db


def target(**given):
    values = {
        "plan": make_plan(),
        "indicator": "own",
        "name": "自设",
        "kind": "count",
        "measure": "revenue",
        "threshold": "200000000",
        "value": "10",
        "unit": "count",
        "period": "2030Q4",
    }
    return Target(**values | given)


SHARE = {"kind": "share", "threshold": None, "numerator": "cluster_cities", "unit": "ratio"}
LEVEL = {"kind": "level", "threshold": None, "unit": "yi"}
COUNTED = {"kind": "established", "threshold": None, "measure": ""}
BAND = {"comparator": "about", "band_low": "9", "band_high": "11", "band_source": "假定"}


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({}, id="a count over a threshold"),
        pytest.param(SHARE, id="a share"),
        pytest.param(SHARE | {"unit": "percent"}, id="a share in percent"),
        pytest.param(LEVEL, id="a total"),
        pytest.param(LEVEL | {"measure": "employees", "unit": "count"}, id="a number of people"),
        pytest.param(COUNTED | {"things": "parks"}, id="a count of parks"),
        pytest.param(BAND, id="a band"),
    ],
)
def test_each_kind_is_good_as_it_should_be(given):
    target(**given).full_clean()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        pytest.param({"threshold": None}, "threshold", id="a count without a threshold"),
        pytest.param({"measure": "output_value"}, "measure", id="firms counted by output"),
        pytest.param(SHARE | {"numerator": ""}, "numerator", id="a share of nobody"),
        pytest.param(SHARE | {"threshold": "1"}, "threshold", id="a share with a threshold"),
        pytest.param(SHARE | {"unit": "yi"}, "unit", id="a share in yuan"),
        pytest.param(LEVEL | {"unit": "count"}, "unit", id="an amount that is a number"),
        pytest.param(LEVEL | {"measure": ""}, "measure", id="a total of nothing"),
        pytest.param(COUNTED | {"things": ""}, "things", id="a count of nothing"),
        pytest.param(COUNTED | {"things": "title"}, "tier", id="a title without its name"),
        pytest.param({"comparator": "about"}, "band_low", id="about without a band"),
        pytest.param(BAND | {"band_source": ""}, "band_source", id="a band out of thin air"),
        pytest.param(BAND | {"comparator": ">="}, "band_low", id="a band beside at least"),
        pytest.param({"name": ""}, "name", id="an own indicator without a name"),
        pytest.param(
            {"baseline_value": "1", "baseline_period": "2030Q4"},
            "baseline_period",
            id="a baseline at the deadline",
        ),
    ],
)
def test_what_does_not_go_together_is_refused_at_its_field(given, field):
    with pytest.raises(ValidationError) as refused:
        target(**given).full_clean()
    assert field in refused.value.message_dict


@pytest.mark.parametrize(
    ("period", "good"), [("2025Q4", False), ("2026Q1", True), ("2030Q3", True), ("2030Q4", False)]
)
def test_an_interim_point_lies_on_the_way(period, good):
    one = target(baseline_value="1", baseline_period="2025Q4")
    one.save()
    point = InterimPoint(target=one, period=period, value="5")
    if good:
        point.full_clean()
    else:
        with pytest.raises(ValidationError) as refused:
            point.full_clean()
        assert "period" in refused.value.message_dict


def test_the_database_refuses_a_band_that_does_not_hold_the_target():
    with pytest.raises(IntegrityError), transaction.atomic():
        target(**BAND | {"value": "12"}).save()


def test_a_code_of_the_contract_means_what_it_always_meant():
    one = target(indicator="firms-over-100m", name="", threshold="5", strict=False, unit="ratio")
    one.full_clean()
    assert (one.threshold, one.strict, one.unit) == (FIRMS_OVER_100M.threshold, True, "count")
    assert defined_by(make_target("firms-over-100m")) == FIRMS_OVER_100M


def test_each_kind_has_its_pace():
    tier = Tier.objects.create(code="leading", name="龙头", name_en="Leading")
    paces = {
        Pace.THRESHOLD: [target()],
        Pace.CUMULATIVE: [target(**LEVEL)],
        Pace.POINT: [
            target(**SHARE),
            target(**LEVEL | {"measure": "employees", "unit": "count"}),
            target(**COUNTED | {"things": "title", "tier": tier}),
        ],
    }
    for pace, targets in paces.items():
        assert {defined_by(one).pace for one in targets} == {pace}
