"""The ledger of the next plan (2026–2030) is entered in forms, without code; the old one stays."""

import pytest
from django.urls import reverse

from audit.proposals import deciding
from clusters.models import Plan, PlanMeasure, ReportingPeriod
from measures.models import Department, Task
from tests.audit.proposals.cast import REASON, newest, shown_form
from tests.factories import make_city, make_period, make_user
from tests.measures.cast import make_report, make_task

pytestmark = pytest.mark.django_db
OLD, NEW = "/measures/?period=2025Q4&as_of=2026-05-20", "/measures/?period=2026Q1&as_of=2026-05-20"
SUCCESSOR = {
    "code": "312",
    "title": "二期行动计划",
    "first_year": 2026,
    "last_year": 2030,
}
STEPS = {
    "nodes-TOTAL_FORMS": 1,
    "nodes-INITIAL_FORMS": 0,
    "nodes-0-what": "印发方案",
    "nodes-0-first_due": "2026-04-30",
    "nodes-0-position": 1,
    "nodes-0-weight": 1,
}


@pytest.fixture
def keeper(client, admin):
    """The administrator's browser, beside a ledger of the plan until 2025."""
    make_period("2025Q4")
    make_report(make_task("1-01", due="2025-12-31"), quarter="2025Q4")
    client.force_login(admin)
    return client


def added(client, model, **fields):
    """Send the form of a new record; return the record, confirmed by a second person if it must."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    filled = {name: one for name, one in shown_form(client.get(address)).items() if one != ""}
    answer = client.post(address, filled | fields | REASON)
    assert answer.status_code == 302, answer.context["errors"]
    if "/proposals/" in answer.url:
        second = make_user("admin", username=f"second-{model._meta.model_name}")
        return deciding.confirm(newest(), by=second)[0] and model.objects.latest("pk")
    return model.objects.latest("pk")


def shown(client, official, address):
    """Return what an official is shown: the tasks, and the measures of the matrix."""
    client.force_login(official)
    page = client.get(address)
    tasks = [(row.task.number, row.light.colour) for row in page.context["tasks"].data]
    return tasks, page.content.decode()


def test_the_next_plans_ledger_needs_forms_only_and_leaves_the_old_one_as_it_was(
    keeper, admin, official
):
    before, _page = shown(keeper, official, OLD)
    keeper.force_login(admin)

    plan = added(keeper, Plan, **SUCCESSOR)
    areas = [
        added(keeper, PlanMeasure, plan=plan.pk, kind=kind, position=1, title=title)
        for kind, title in (("support", "培育新质生产力"), ("organisation", "加强组织领导"))
    ]
    department = added(
        keeper, Department, slug="science", name="省科学技术厅", name_en="Science", position=9,
        provenance="unverified",
    )  # fmt: skip
    for code, due in (("2026Q1", "2026-05-05"), ("2030Q4", "2031-01-31")):
        added(keeper, ReportingPeriod, code=code, due_on=due)
    common = {
        "rhythm": "once",
        "begins": "2026Q1",
        "standard": "印发文件",
        "provenance": "unverified",
    }
    added(
        keeper, Task, number="312-1-01", wording="建设中试基地", area=areas[0].pk,
        cities=[make_city().pk], **common, **STEPS,
    )  # fmt: skip
    added(
        keeper, Task, number="312-2-01", wording="建立联席会议", area=areas[1].pk,
        lead=department.pk, **common, **STEPS,
    )  # fmt: skip

    tasks, page = shown(keeper, official, NEW)
    # Missed by twenty days, and the first quarter's report has not come.
    assert tasks == [("312-1-01", "yellow"), ("312-2-01", "yellow")]
    for words in ("培育新质生产力", "加强组织领导", "Science", "Jinan"):
        assert words in page
    assert "1-01 任务1-01" not in page
    assert shown(keeper, official, OLD)[0] == before
    assert "312-1-01" not in shown(keeper, official, OLD)[1]


def test_a_quarter_of_the_old_plan_on_a_later_day_keeps_its_tasks_and_lights(keeper, official):
    Plan.objects.create(**SUCCESSOR)
    tasks, _page = shown(keeper, official, "/measures/?period=2025Q4&as_of=2027-12-31")
    assert [number for number, _light in tasks] == ["1-01"]
