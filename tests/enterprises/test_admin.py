"""The register kept by hand: see test_resources for files, test_record_admin for what is common."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from clusters.models import City
from enterprises.models import Enterprise, Tier, TierAward
from tests.audit.rewritten import rewrite
from tests.factories import (
    credit_code,
    make_city,
    make_enterprise,
    make_enterprise_return,
    make_period,
)

LIST = "admin:enterprises_enterprise_changelist"


def page(enterprise):
    return reverse("admin:enterprises_enterprise_change", args=[enterprise.pk])


@pytest.fixture
def keeper(client, admin, city):
    client.force_login(admin)
    return client


@pytest.fixture
def tier(db):
    return Tier.objects.create(code="leader", name="链主", name_en="Leader")


def form_of(enterprise, *awards, initial=0):
    given = {
        "credit_code": enterprise.credit_code,
        "name": enterprise.name,
        "city": enterprise.city_id,
        "status": enterprise.status,
        "awards-TOTAL_FORMS": len(awards),
        "awards-INITIAL_FORMS": initial,
        "reason": "鲁工信〔2025〕3号",
    }
    for number, award in enumerate(awards):
        given |= {f"awards-{number}-{name}": value for name, value in award.items()}
    return given


def test_an_award_is_given_and_taken_back_with_the_reason_of_the_whole(keeper, admin, tier):
    enterprise = make_enterprise()
    award = {"tier": tier.pk, "awarded_on": "2025-01-01", "enterprise": enterprise.pk}
    assert keeper.post(page(enterprise), form_of(enterprise, award)).status_code == 302
    given = TierAward.objects.get()
    version = given.history.get()
    assert version.history_change_reason == "鲁工信〔2025〕3号"
    taken = award | {"id": given.pk, "DELETE": "on"}
    keeper.post(page(enterprise), form_of(enterprise, taken, initial=1) | {"reason": "录入有误"})
    assert not TierAward.objects.exists()
    last = TierAward.history.first()
    assert (last.history_type, last.history_change_reason) == ("-", "录入有误")
    assert last.history_user == admin


def test_an_award_that_ends_before_it_begins_is_refused_in_words(keeper, tier):
    enterprise = make_enterprise()
    award = {"tier": tier.pk, "awarded_on": "2025-01-02", "expires_on": "2025-01-01"}
    assert keeper.post(page(enterprise), form_of(enterprise, award)).status_code == 200
    assert not TierAward.objects.exists()


def test_a_code_with_a_wrong_check_character_is_refused(keeper):
    enterprise = make_enterprise()
    wrong = enterprise.credit_code[:-1] + ("0" if enterprise.credit_code[-1] != "0" else "1")
    answer = keeper.post(page(enterprise), form_of(enterprise) | {"credit_code": wrong})
    assert "credit_code" in answer.context["adminform"].form.errors


def test_the_list_filters_by_status_and_finds_by_code_and_name(keeper):
    pending = make_enterprise(name="待核实企业", status="pending")
    make_enterprise(name="其他企业")

    def found(**query):
        return list(keeper.get(reverse(LIST), query).context["cl"].result_list)

    assert found(status__exact="pending") == [pending]
    assert found(q=pending.credit_code) == [pending]
    assert found(q="待核实") == [pending]


def newcomer(reason="submission 12: 370100 2022Q4 v1", **given):
    """An enterprise that waits to be verified, entered for this reason."""
    firm = make_enterprise(status="pending", **given)
    rewrite(firm.history, history_change_reason=reason)
    return firm


def test_newcomers_stand_in_one_list_with_the_submission_they_came_with(keeper):
    joined, typed = newcomer(), newcomer("鲁工信〔2025〕3号")
    by_command = newcomer("[command line] submission 13: 370100 2023Q1 v1")
    page = keeper.get(reverse(LIST), {"status__exact": "pending"})

    assert set(page.context["cl"].result_list) == {joined, typed, by_command}
    assert page.content.decode().count('<a href="/submissions/12/">370100 2022Q4 v1</a>') == 1
    assert page.content.decode().count('<a href="/submissions/13/">370100 2023Q1 v1</a>') == 1


def test_newcomers_are_confirmed_together_with_one_reason(keeper, admin):
    firms = [newcomer(), newcomer()]
    closed = make_enterprise(status="closed")
    chosen = [one.pk for one in (*firms, closed)]
    act = {"action": "confirm", "_selected_action": chosen}

    keeper.post(reverse(LIST), act | {"reason": " "})
    assert Enterprise.objects.filter(status="pending").count() == 2
    keeper.post(reverse(LIST), act | {"reason": "济环函〔2023〕5号"})
    assert set(Enterprise.objects.filter(status="confirmed")) == set(firms)
    version = firms[0].history.latest()
    assert (version.history_change_reason, version.history_user) == ("济环函〔2023〕5号", admin)


def test_the_list_costs_the_same_with_many(keeper, django_assert_max_num_queries):
    for number in range(1, 60):
        make_enterprise(credit_code=credit_code(5000 + number))
    with django_assert_max_num_queries(13):
        keeper.get(reverse(LIST))


def test_enterprises_of_cities_out_of_scope_are_not_there(keeper, admin):
    other = make_enterprise(make_city("370700"))
    admin.groups.clear()
    register = Permission.objects.filter(content_type__app_label="enterprises")
    admin.user_permissions.set(register)
    admin.assignments.create(city=City.objects.get(code="370100"))
    assert keeper.get(reverse(LIST)).status_code == 200
    assert keeper.get(page(other)).status_code == 302
    assert not keeper.get(reverse(LIST)).context["cl"].result_list


def test_that_it_is_demonstration_data_cannot_be_changed(keeper):
    enterprise = make_enterprise(is_demonstration=True)
    keeper.post(page(enterprise), form_of(enterprise) | {"is_demonstration": ""})
    assert Enterprise.objects.get().is_demonstration


def test_a_title_of_the_past_stays_in_the_past(tier):
    award = TierAward.objects.create(
        enterprise=make_enterprise(),
        tier=tier,
        awarded_on=date(2023, 1, 1),
        expires_on=date(2023, 12, 31),
    )
    assert TierAward.objects.held_on(date(2023, 12, 31)).get() == award
    assert not TierAward.objects.held_on(date(2024, 1, 1)).exists()


def test_those_called_closed_or_moved_are_listed_until_the_register_follows(client, admin, city):
    period = make_period("2025Q3")
    firms = {nil: make_enterprise(city) for nil in ("closed", "moved", "nothing", "")}
    for nil, firm in firms.items():
        make_enterprise_return(firm, period, nil=nil)
    client.force_login(admin)

    def listed(said):
        page = client.get(f"/admin/enterprises/enterprise/?said={said}")
        return list(page.context["cl"].queryset)

    assert listed("closed") == [firms["closed"]]
    assert listed("moved") == [firms["moved"]]
    Enterprise.objects.filter(pk=firms["closed"].pk).update(status="closed")
    Enterprise.objects.filter(pk=firms["moved"].pk).update(city=make_city("370700"))
    assert listed("closed") == listed("moved") == []


def test_a_new_name_with_a_day_keeps_the_old_one(keeper, admin):
    enterprise = make_enterprise(name="旧名环保公司")
    given = form_of(enterprise) | {"name": "新名环保公司", "renamed_on": "2025-03-01"}

    assert keeper.post(page(enterprise), given).status_code == 302
    former = enterprise.former_names.get()
    assert (former.name, former.used_until) == ("旧名环保公司", date(2025, 2, 28))
    assert former.history.get().history_change_reason == "鲁工信〔2025〕3号"
    assert former.history.get().history_user == admin


def test_a_new_city_with_a_day_is_a_move_and_without_one_a_correction(keeper):
    enterprise = make_enterprise()
    qingdao, zibo = make_city("370200"), make_city("370300")
    given = form_of(enterprise) | {"city": qingdao.pk, "moved_on": "2025-03-01"}
    keeper.post(page(enterprise), given)
    keeper.post(page(enterprise), form_of(enterprise) | {"city": zibo.pk})

    move = enterprise.moves.get()
    assert (move.from_city.code, move.to_city, move.moved_on) == (
        "370100",
        qingdao,
        date(2025, 3, 1),
    )
    assert Enterprise.objects.get(pk=enterprise.pk).city == zibo


@pytest.mark.parametrize("day", ["renamed_on", "moved_on"])
def test_a_day_of_no_change_is_refused(keeper, day):
    enterprise = make_enterprise()

    answer = keeper.post(page(enterprise), form_of(enterprise) | {day: "2025-03-01"})
    assert answer.status_code == 200
    assert day in answer.context["adminform"].form.errors
