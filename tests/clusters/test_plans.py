import pytest

from clusters.models import Plan
from clusters.plans import plan_among, plan_for
from clusters.quarters import Quarter
from tests.factories import make_plan

OLD = Plan(pk=1, first_year=2020, last_year=2023)
NEW = Plan(pk=2, first_year=2023, last_year=2025)


@pytest.mark.parametrize(
    ("quarter", "plan"),
    [
        pytest.param(Quarter(2021, 1), OLD, id="within one plan"),
        pytest.param(Quarter(2023, 4), NEW, id="within both, the newer"),
        pytest.param(Quarter(2026, 1), NEW, id="after every plan, the newest"),
        pytest.param(Quarter(2019, 4), NEW, id="before every plan, the newest"),
    ],
)
def test_a_quarter_belongs_to_one_plan(quarter, plan):
    assert plan_among([OLD, NEW], quarter) is plan


@pytest.mark.django_db
def test_the_plan_is_read_from_the_database():
    assert plan_for(Quarter(2025, 1)) is None
    plan = make_plan()
    assert plan_for(Quarter(2025, 1)) == plan
