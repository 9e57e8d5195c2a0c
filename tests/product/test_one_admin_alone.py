"""
One administrator alone turns no verdict and gives nobody a right, by no way there is.

The attack of issue 16, step by step; then every field of what needs two people, tried by form,
earlier version, import, API and command.
"""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import CityAssignment, User
from accounts.roles_in_database import sync_roles
from audit.models import ProposedChange
from clusters.models import Cluster, Plan, ReportingPeriod
from indicators.models import InterimPoint, Target
from submissions.models import Submission
from tests.audit.proposals.cast import REASON, address, decide, newest, send, shown_form
from tests.factories import make_city, make_clusters, make_period, make_plan, make_target, make_user
from tests.submissions.cast import make_submission

PASSWORDS = {"password1": "a longer harbour 7", "password2": "a longer harbour 7"}
NO_CITIES = {
    **{"assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0},
    **{"membership-TOTAL_FORMS": 0, "membership-INITIAL_FORMS": 0},
}


@pytest.fixture
def alone(client, admin):
    """The administrator, signed in, with nobody to help him."""
    sync_roles()
    client.force_login(admin)
    return client


def group(key):
    return Group.objects.get(name=key).pk


def state():
    """Return all that stands: values, rights, and who can sign in with which password."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Target, InterimPoint, Plan)]
    rows += [list(model.objects.order_by("pk").values()) for model in (Cluster, CityAssignment)]
    people = User.objects.order_by("pk").values("pk", "password", "is_active", "is_superuser")
    return [*rows, list(people), list(User.groups.through.objects.order_by("pk").values())]


def test_the_attack_of_the_issue_is_refused_at_every_step(alone, admin, reviewer, officer, city):
    make_target("firms-over-100m")
    waiting = make_submission(city, make_period("2025Q4"), status="submitted", by=officer)
    before = state()

    # He gives himself the reviewer's and the bureau's role, and a city.
    own = {"username": "admin", "is_active": "on"} | REASON
    own |= {"groups": [group("reviewer"), group("bureau")], "assignments-TOTAL_FORMS": 1}
    own |= {"assignments-INITIAL_FORMS": 0, "assignments-0-city": city.pk}
    assert alone.post(address(User, "change", admin.pk), own).status_code == 403

    # He sets the reviewer's password: there is no such page; a link waits for a second person.
    page = address(User, "change", reviewer.pk).replace("change/", "password/")
    assert alone.post(page, PASSWORDS).status_code in (302, 404)
    alone.post(reverse("admin:accounts_user_password_link", args=[reviewer.pk]), REASON)
    answer = decide(alone, newest())
    assert answer.status_code == 422
    assert "/accounts/password/" not in answer.content.decode().split("<main")[1]

    # He uploads for Jinan, submits, accepts and sends back.
    assert alone.post(reverse("submissions:upload"), {"period": "2025Q4"}).status_code == 403
    for act in ("submit", "accept", "send_back"):
        assert alone.post(reverse(f"submissions:{act}", args=[waiting.pk])).status_code == 403
    waiting.refresh_from_db()
    assert waiting.status == Submission.Status.SUBMITTED

    # He lowers the target from 300 to 260 with the reason "x".
    target = Target.objects.get()
    send(alone, target, value="260", reason="x")
    assert decide(alone, newest()).status_code == 422
    assert state() == before


def test_an_accomplice_that_he_makes_up_helps_nothing(alone, admin):
    new = {"username": "accomplice"} | NO_CITIES | REASON
    alone.post(address(User, "add"), new | {"groups": [group("admin")]})
    assert not User.objects.filter(username="accomplice").exists()

    # Without a role he gets an account, its link and its password; and no right.
    alone.post(address(User, "add"), new)
    account = User.objects.get(username="accomplice")
    link = reverse("admin:accounts_user_password_link", args=[account.pk])
    path = alone.post(link, REASON).context["link"].removeprefix("http://testserver")
    other = Client()
    form = other.get(path, follow=True)
    assert form.context["validlink"]
    chosen = {"new_password1": PASSWORDS["password1"], "new_password2": PASSWORDS["password1"]}
    other.post(form.request["PATH_INFO"], chosen)
    account.refresh_from_db()
    assert account.check_password(PASSWORDS["password1"])
    other.force_login(account)
    send(alone, account, groups=[group("admin")], **NO_CITIES)
    proposal = newest()
    assert decide(other, proposal).status_code == 403
    assert decide(alone, proposal).status_code == 422
    assert not account.groups.exists()


TARGET_FIELDS = {
    "plan": lambda: make_plan(code="next", first_year=2026, last_year=2030).pk,
    "position": "9",
    "short_name": "改",
    "unit": "percent",
    "comparator": ">",
    "value": "0.26",
    "period": "2026Q4",
    "baseline_value": "0.1",
    "baseline_period": "2023Q4",
    "behind_from": "20",
    "seriously_behind_over": "90",
    "wording": "another",
    "source": "another",
}
BAND = {"comparator": "about", "band_low": "0.1", "band_high": "0.9", "band_source": "assumed"}


@pytest.mark.parametrize("field", [*TARGET_FIELDS, "band"])
def test_no_field_of_a_target_changes(alone, field):
    target = make_target(baseline_value="0.2", baseline_period="2022Q4", baseline_source="x")
    value = TARGET_FIELDS.get(field)
    value = value() if callable(value) else value
    before = state()
    answer = send(alone, target, **(BAND if field == "band" else {field: value}))
    assert answer.status_code == 302, answer.context["errors"]
    assert state() == before
    assert decide(alone, newest()).status_code == 422
    assert state() == before


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"interim_points-0-value": "0.1"}, id="changed"),
        pytest.param({"interim_points-0-DELETE": "on"}, id="deleted"),
        pytest.param(
            {
                "interim_points-TOTAL_FORMS": 2,
                "interim_points-1-period": "2025Q1",
                "interim_points-1-value": "0.1",
            },
            id="added",
        ),
    ],
)
def test_no_point_on_the_way_changes(alone, given):
    target = make_target()
    InterimPoint.objects.create(target=target, period="2025Q2", value="0.4")
    before = state()
    assert send(alone, target, **given).status_code == 302
    assert decide(alone, newest()).status_code == 422
    assert state() == before
    second = make_user("admin")
    alone.force_login(second)
    assert decide(alone, newest()).status_code == 302
    assert state()[1] != before[1]


@pytest.mark.parametrize(
    "model",
    [
        pytest.param((make_plan, {"last_year": "2026"}), id="years of a plan"),
        pytest.param((make_plan, {"least_weight": "0.1"}), id="least weight of a plan"),
        pytest.param((lambda: make_clusters()[0], {"city": "370400"}), id="city of a cluster"),
        pytest.param(
            (
                lambda: make_clusters()[0],
                {"established_on": "2025-01-01", "established_evidence": "x"},
            ),
            id="a cluster is established",
        ),
        pytest.param((lambda: make_period("2025Q3"), {"due_on": "2099-01-01"}), id="deadline"),
    ],
)
def test_no_plan_cluster_or_past_deadline_changes(alone, model):
    make, given = model
    obj = make()
    if "city" in given:
        given = {"city": make_city(given["city"]).pk}
    stood = type(obj).objects.values().get(pk=obj.pk)
    assert send(alone, obj, **given).status_code == 302
    assert decide(alone, newest()).status_code == 422
    assert type(obj).objects.values().get(pk=obj.pk) == stood


def test_none_is_added(alone):
    plan, city = make_plan(), make_city()
    for model, given in (
        (Plan, {"code": "own", "title": "Own", "first_year": "2030", "last_year": "2031"}),
        (Cluster, {"plan": plan.pk, "city": city.pk, "slug": "x", "name": "x", "name_en": "x"}),
        (ReportingPeriod, {"code": "2021Q1", "due_on": "2021-04-15"}),
        (Target, {"plan": plan.pk, "indicator": "firms-over-100m", "value": "1", "unit": "count"}),
    ):
        shown = shown_form(alone.get(address(model, "add")))
        rest = {"period": "2025Q4", "comparator": ">="} if model is Target else {}
        stood = model.objects.count()
        answer = alone.post(address(model, "add"), shown | REASON | given | rest)
        assert answer.status_code == 302, (model, answer.context["errors"])
        assert "/proposals/" in answer.url
        assert model.objects.count() == stood
        assert decide(alone, newest()).status_code == 422
        assert model.objects.count() == stood


def test_a_deadline_ahead_is_one_persons(alone):
    ahead = ReportingPeriod.objects.create(
        code="2090Q1", due_on=timezone.localdate() + timedelta(days=30)
    )
    send(alone, ahead, due_on=str(timezone.localdate() + timedelta(days=40)))
    ahead.refresh_from_db()
    assert ahead.due_on == timezone.localdate() + timedelta(days=40)
    send(alone, ahead, due_on=str(timezone.localdate() - timedelta(days=1)))
    assert newest().object_type == "clusters.reportingperiod"


def test_no_earlier_version_is_put_back(alone):
    target = make_target()
    Target.objects.filter(pk=target.pk).update(value="0.9")
    page = address(Target, "simple_history", target.pk, target.history.first().pk)
    form = alone.get(page).context["adminform"].form
    given = {field.html_name: field.value() or "" for field in form} | REASON
    assert alone.post(page, given).status_code == 403
    assert not ProposedChange.objects.exists()


@pytest.mark.parametrize(
    "field",
    ["reviewer", "bureau", "admin", "city", "reactivated"],
)
def test_nobody_gets_a_right_or_comes_back(alone, stranger, city, field):
    before = state()
    if field == "city":
        given = {"assignments-TOTAL_FORMS": 2, "assignments-1-city": city.pk}
    elif field == "reactivated":
        User.objects.filter(pk=stranger.pk).update(is_active=False)
        before, given = state(), {"is_active": "on"}
    else:
        given = {"groups": [group(field)]}
        stranger.groups.clear()
        before = state()
    assert send(alone, stranger, **given).status_code == 302
    assert state() == before
    assert decide(alone, newest()).status_code == 422
    assert state() == before


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_writes_nothing(alone, method):
    make_target()
    before = state()
    for name in ("indicators", "indicators/cluster-output-share", "clusters", "cities"):
        answer = getattr(alone, method)(f"/api/v1/{name}/", "{}", content_type="application/json")
        assert answer.status_code == 405, name
    assert state() == before


@pytest.mark.parametrize("model", [Target, Plan, Cluster, ReportingPeriod, User])
def test_there_is_no_import_of_these(alone, model):
    listed = address(model, "changelist")
    for page in ("import/", "process_import/"):
        answer = alone.post(f"{listed}{page}", {"import_file": io.BytesIO(b"code\n1"), "format": 0})
        assert answer.status_code in (302, 404)
    assert not ProposedChange.objects.exists()


def test_a_command_never_takes_one_person_for_both_nor_an_admin_as_acceptor(
    alone, admin, officer, reviewer, city, tmp_path
):
    file = tmp_path / "a.csv"
    file.write_text("x")
    make_period("2025Q3")
    given = {"city": "370100", "period": "2025Q3", "published_at": "2025-10-20T10:00"}
    for by, accept_by in (("admin", "admin"), ("officer", "admin"), ("reviewer", "reviewer")):
        with pytest.raises(CommandError):
            call_command("submit_return", str(file), by=by, accept_by=accept_by, **given)
    assert not Submission.objects.exists()


def test_two_admins_do_it_properly(alone, admin):
    target = make_target()
    send(alone, target, value="0.4")
    second = Client()
    second.force_login(make_user("admin", username="admin2"))
    shown = second.get(reverse("proposals:proposals"))
    assert "navigation__number" in shown.content.decode()
    page = second.get(reverse("proposals:proposal", args=[newest().pk])).content.decode()
    assert "<td" in page
    assert "0.5" in page
    assert "0.4" in page
    assert decide(second, newest()).status_code == 302
    target.refresh_from_db()
    assert str(target.value) == "0.400000"
