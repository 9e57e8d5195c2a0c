from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from clusters.migrations._plans_apart import refuse_what_is_there
from clusters.models import Plan
from clusters.plans import plan_among, plan_for
from foundation.quarters import Quarter
from tests.factories import make_plan

OLD = Plan(pk=1, first_year=2020, last_year=2022)
NEW = Plan(pk=2, first_year=2023, last_year=2025)


@pytest.mark.parametrize(
    ("quarter", "plan"),
    [
        pytest.param(Quarter(2021, 1), OLD, id="within one plan"),
        pytest.param(Quarter(2022, 4), OLD, id="the last quarter of one plan"),
        pytest.param(Quarter(2023, 1), NEW, id="the first of the next"),
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


OVERLAPS = [
    pytest.param(2025, 2027, "2025", id="the last year"),
    pytest.param(2020, 2023, "2023", id="the first year"),
    pytest.param(2024, 2025, "2024–2025", id="within"),
    pytest.param(2020, 2030, "2023–2025", id="around"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last", "years"), OVERLAPS)
def test_a_plan_with_a_year_of_another_is_refused_with_the_years_named(first, last, years):
    make_plan()
    second = Plan(code="second", title="Second", first_year=first, last_year=last, source="s")

    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    [message] = refused.value.messages
    assert message.startswith(f"{years}: ")
    assert "“311” of 2023–2025" in message


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last", "_years"), OVERLAPS)
def test_the_database_itself_refuses_it_added_or_changed(first, last, _years):
    make_plan()
    given = {"code": "second", "title": "Second", "first_year": first, "last_year": last}
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.bulk_create([Plan(**given)])

    later = Plan.objects.create(**given | {"first_year": 2040, "last_year": 2041})
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=later.pk).update(first_year=first, last_year=last)
    assert Plan.objects.filter(first_year=2040).count() == 1


@pytest.mark.django_db
def test_plans_side_by_side_are_taken_and_a_plan_does_not_overlap_itself():
    plan = make_plan()
    for code, first, last in (("before", 2020, 2022), ("next", 2026, 2030)):
        beside = Plan(code=code, title=code, first_year=first, last_year=last, source="s")
        beside.full_clean()
        beside.save()

    plan.title = "Another title"
    plan.full_clean()
    plan.save()
    assert plan_for(Quarter(2026, 1)).code == "next"
    assert plan_for(Quarter(2025, 4)) == plan


@pytest.mark.django_db
def test_the_administrator_is_told_which_years_in_chinese(client, admin):
    make_plan()
    client.force_login(admin)
    given = {"code": "second", "title": "二期", "first_year": "2025", "last_year": "2027"}
    answer = client.post(
        reverse("admin:clusters_plan_add"),
        given | {"source": "来源", "reason": "新规划"},
        headers={"accept-language": "zh-hans"},
    )

    assert "规划年份重叠：2025年已属于2023—2025年的“311”。" in answer.content.decode()
    assert Plan.objects.count() == 1


@pytest.mark.django_db
def test_setup_says_in_words_that_another_plan_has_the_years():
    make_plan(code="other", title="Other")
    with pytest.raises(CommandError, match="2023–2025: these years belong to the plan “Other”"):
        call_command("setup")


@pytest.mark.django_db
def test_plans_that_overlap_already_stop_the_migration_by_name():
    plans = [Plan(code=f"p{first}", first_year=first, last_year=2025) for first in (2023, 2025)]
    model = SimpleNamespace(objects=SimpleNamespace(order_by=lambda *_names: plans))

    with pytest.raises(RuntimeError, match=r"p2023 \(2023-2025\) and p2025 \(2025-2025\)"):
        refuse_what_is_there(model)
    plans[0].last_year = 2024
    refuse_what_is_there(model)
