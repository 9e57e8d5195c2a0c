"""Every record kept by hand: no change without a reason, and every reason in the history."""

import pytest
from django.contrib import admin as admin_site
from django.urls import reverse

from audit.models import ProposedChange
from audit.proposals import deciding
from clusters.models import (
    BlockCategory,
    BuildingBlock,
    City,
    CityReturn,
    Cluster,
    Plan,
    PlanMeasure,
    Publication,
    ReportingPeriod,
)
from enterprises.models import Enterprise, EnterpriseReturn, IndustryField, Tier
from foundation.record_admin import RecordAdmin
from indicators.models import Target
from parks.models import Park, ParkReturn
from submissions.models import Submission
from tests.factories import (
    make_city,
    make_clusters,
    make_enterprise,
    make_group,
    make_park,
    make_period,
    make_plan,
    make_target,
    make_user,
)

RECORDS = [
    Plan,
    PlanMeasure,
    Cluster,
    BlockCategory,
    BuildingBlock,
    ReportingPeriod,
    Park,
    Enterprise,
    Tier,
    IndustryField,
    Target,
]


def category():
    return BlockCategory.objects.create(
        cluster=make_clusters()[0], position=1, name="2中心", name_en="2 centres", planned_count=2
    )


MAKE = {
    Plan: make_plan,
    PlanMeasure: lambda: PlanMeasure.objects.create(
        plan=make_plan(), kind="support", position=1, title="资金"
    ),
    Cluster: lambda: make_clusters()[0],
    BlockCategory: category,
    BuildingBlock: lambda: BuildingBlock.objects.create(category=category(), content="中心1"),
    ReportingPeriod: make_period,
    Park: make_park,
    Enterprise: make_enterprise,
    Tier: lambda: Tier.objects.create(code="leader", name="链主", name_en="Leader"),
    IndustryField: lambda: IndustryField.objects.create(code="a", name="服务", name_en="Services"),
    Target: make_target,
}


# What is changed where a form without a difference saves nothing.
CHANGED = {
    Plan: {"title": "Renamed"},
    Cluster: {"slogan": "Another"},
    ReportingPeriod: {"due_on": "2025-10-20"},
    Park: {"theme": "Another"},
    Target: {"value": "0.6"},
}
OF_TWO = [Plan, Cluster, ReportingPeriod, Target]


def address(model, act, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}", args=args)


def filled_in(page):
    """What a browser would send back of an admin page's form."""
    forms = [page.context["adminform"].form]
    forms += [inline.formset.management_form for inline in page.context["inline_admin_formsets"]]
    return {
        bound.html_name: "" if bound.value() is None else bound.value()
        for form in forms
        for bound in form
    }


@pytest.fixture
def keeper(client, admin):
    client.force_login(admin)
    return client


@pytest.mark.parametrize("model", RECORDS)
class TestEveryRecord:
    def test_is_listed_searched_shown_and_has_a_history_page(self, keeper, model):
        record = MAKE[model]()
        for page in (
            address(model, "changelist"),
            address(model, "changelist") + "?q=x",
            address(model, "change", record.pk),
            address(model, "history", record.pk),
            address(model, "simple_history", record.pk, record.history.first().pk),
            address(model, "add"),
        ):
            assert keeper.get(page).status_code == 200, page

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_has_no_history_under_what_is_no_key(self, keeper, model, method):
        ask = getattr(keeper, method)
        assert ask(address(model, "history", "abc")).status_code == 404
        # To send a version is refused before it is looked for, where that needs two people.
        wanted = {404} if method == "get" else {403, 404}
        record = MAKE[model]()
        for given in (["abc", "1"], [record.pk, "abc"]):
            assert ask(address(model, "simple_history", *given)).status_code in wanted

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_does_not_change_without_a_reason(self, keeper, model, reason):
        record = MAKE[model]()
        page = address(model, "change", record.pk)
        refused = keeper.post(page, filled_in(keeper.get(page)) | {"reason": reason})
        assert "reason" in refused.context["adminform"].form.errors
        assert record.history.count() == 1

    def test_keeps_the_reason_and_who_gave_it(self, keeper, admin, model):
        record = MAKE[model]()
        page = address(model, "change", record.pk)
        given = (
            filled_in(keeper.get(page)) | {"reason": "鲁环发〔2025〕1号"} | CHANGED.get(model, {})
        )
        assert keeper.post(page, given).status_code == 302
        by, reason = admin, given["reason"]
        if model in OF_TWO:
            assert record.history.count() == 1
            by, reason = make_user("admin"), f"{reason} (proposed by admin)"
            deciding.confirm(ProposedChange.objects.get(), by=by)
        version = record.history.first()
        assert (version.history_change_reason, version.history_user) == (reason, by)
        shown = keeper.get(address(model, "history", record.pk)).content.decode()
        assert "鲁环发〔2025〕1号" in shown
        assert "style=" not in shown.split('id="content-main"')[1].split("</table>")[0]

    def test_is_never_deleted_here_not_even_by_a_superuser(self, client, db, model):
        record = MAKE[model]()
        client.force_login(make_user(is_superuser=True, is_staff=True))
        assert client.post(address(model, "delete", record.pk), {"post": "yes"}).status_code == 403
        given = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
        client.post(address(model, "changelist"), given)
        assert model.objects.filter(pk=record.pk).exists()

    def test_is_not_reverted_by_those_who_may_only_look(self, client, db, model):
        record = MAKE[model]()
        looker = make_user(is_staff=True)
        opts = model._meta
        looker.user_permissions.set(
            make_group("admin").permissions.filter(
                content_type__app_label=opts.app_label, codename=f"view_{opts.model_name}"
            )
        )
        client.force_login(looker)
        page = address(model, "simple_history", record.pk, record.history.first().pk)
        shown = client.get(address(model, "change", record.pk))
        # What belongs to no city that one may see is not there at all.
        assert shown.status_code == (302 if model in (Park, Enterprise) else 200)
        if shown.status_code == 200:
            assert "id_reason" not in shown.content.decode()
        assert client.post(page, {"reason": "x"}).status_code == 403
        assert record.history.count() == 1


def test_a_new_record_needs_a_reason_too(keeper, admin):
    given = {"code": "2030Q1", "due_on": "2030-04-15", "reason": ""}
    page = address(ReportingPeriod, "add")
    assert "reason" in keeper.post(page, given).context["adminform"].form.errors
    keeper.post(page, given | {"reason": "下一个规划期"})
    version = ReportingPeriod.history.get()
    assert (version.code, version.history_type) == ("2030Q1", "+")
    assert (version.history_change_reason, version.history_user) == ("下一个规划期", admin)


def test_a_version_is_restored_with_a_reason_and_the_history_keeps_all(keeper):
    measure = MAKE[PlanMeasure]()
    first = measure.history.first()
    measure.title = "录错"
    measure.save()
    page = address(PlanMeasure, "simple_history", measure.pk, first.pk)
    given = filled_in_of_version(keeper.get(page))
    assert keeper.post(page, given | {"reason": ""}).status_code == 200
    keeper.post(page, given | {"reason": "录入有误"})
    measure.refresh_from_db()
    assert measure.title == "资金"
    assert [version.history_change_reason for version in measure.history.all()] == [
        "录入有误",
        None,
        None,
    ]


def filled_in_of_version(page):
    form = page.context["adminform"].form
    return {b.html_name: "" if b.value() is None else b.value() for b in form}


def test_a_reason_longer_than_the_history_holds_is_refused(keeper):
    record = make_plan()
    page = address(Plan, "change", record.pk)
    refused = keeper.post(page, filled_in(keeper.get(page)) | {"reason": "长" * 101})
    assert "reason" in refused.context["adminform"].form.errors


def test_cities_are_looked_at_only_even_by_a_superuser(client, keeper, city):
    assert keeper.get(address(City, "change", city.pk)).status_code == 200
    client.force_login(make_user(is_superuser=True, is_staff=True))
    assert client.get(address(City, "add")).status_code == 403
    given = {"name": "改名市"}
    assert client.post(address(City, "change", city.pk), given).status_code == 403
    city.refresh_from_db()
    assert city.name == "济南市"


@pytest.mark.parametrize(
    "model", [CityReturn, ParkReturn, EnterpriseReturn, Publication, Submission]
)
def test_what_cities_report_cannot_be_edited_here_even_by_a_superuser(rf, db, model):
    request = rf.get("/")
    request.user = make_user(is_superuser=True, is_staff=True)
    if admin_site.site.is_registered(model):
        shown = admin_site.site.get_model_admin(model)
        assert not shown.has_add_permission(request)
        assert not shown.has_change_permission(request)
        assert not shown.has_delete_permission(request)


def test_every_record_has_the_one_base_and_nothing_is_edited_in_a_list():
    ours = {m: a for m, a in admin_site.site._registry.items() if m in RECORDS}
    assert ours.keys() == set(RECORDS)
    assert all(isinstance(keeper, RecordAdmin) for keeper in ours.values())
    assert not [a for a in admin_site.site._registry.values() if a.list_editable]


@pytest.mark.parametrize("who", ["official", "reviewer", "officer"])
@pytest.mark.parametrize("model", [*RECORDS, City])
def test_others_do_not_enter(client, request, who, model):
    client.force_login(request.getfixturevalue(who))
    assert client.get(address(model, "changelist"), follow=True).status_code == 403


def test_an_autocompletion_finds_a_city_by_its_name(keeper):
    make_city("370300")
    found = keeper.get(
        reverse("admin:autocomplete"),
        {"term": "淄博", "app_label": "parks", "model_name": "park", "field_name": "city"},
    )
    assert [item["text"] for item in found.json()["results"]] == ["Zibo"]
