"""No lost update: an older form never undoes what a colleague has changed since."""

from datetime import date

import lxml.html
import pytest
from django.contrib.admin import site

from clusters.models import PlanMeasure
from enterprises.models import Enterprise, IndustryField, Tier, TierAward
from foundation.record_admin import KeepsOthersChanges, ReadOnlyAdmin
from tests.factories import make_city, make_enterprise, make_user
from tests.foundation.test_record_admin import MAKE, RECORDS, address


@pytest.fixture
def keeper(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def colleague(db):
    """Another administrator, who saves first."""
    return make_user("admin", username="colleague")


def form_of(page):
    """Return what a browser would send of an admin page's form, hidden fields and all."""
    form = lxml.html.fromstring(page.content.decode()).get_element_by_id("content-main").forms[0]
    for box in form.xpath(".//input[not(@value) and (@type='hidden' or @type='text')]"):
        box.set("value", "")
    # What the fields of an inline's template would send, nobody sends.
    sent = {name: value for name, value in form.form_values() if "__prefix__" not in name}
    return {name: value.removeprefix("\n") for name, value in sent.items()}


def errors_of(page):
    return page.context["adminform"].form.errors


def change(record, by, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record._history_user = by
    record.save()


def test_a_value_that_both_changed_is_shown_to_the_later_one_who_chooses(keeper, colleague):
    measure = MAKE[PlanMeasure]()
    page = address(PlanMeasure, "change", measure.pk)
    mine = form_of(keeper.get(page)) | {"title": "我的名称", "reason": "更名"}
    change(measure, colleague, title="同事的名称")

    refused = keeper.post(page, mine)
    error = str(errors_of(refused)["title"])
    assert "同事的名称" in error
    assert "colleague" in error
    assert PlanMeasure.objects.get().title == "同事的名称"
    assert form_of(refused)["title"] == "我的名称"

    assert keeper.post(page, form_of(refused)).status_code == 302
    assert PlanMeasure.objects.get().title == "我的名称"
    assert [row.history_change_reason for row in measure.history.all()][0] == "更名"


def test_a_value_that_only_the_colleague_changed_stays_as_they_left_it(keeper, colleague):
    measure = MAKE[PlanMeasure]()
    page = address(PlanMeasure, "change", measure.pk)
    mine = form_of(keeper.get(page)) | {"position": "7", "reason": "改次序"}
    change(measure, colleague, title="同事的名称")

    refused = keeper.post(page, mine)
    assert set(errors_of(refused)) == {"title"}
    again = form_of(refused)
    assert (again["title"], again["position"]) == ("同事的名称", "7")

    assert keeper.post(page, again).status_code == 302
    measure.refresh_from_db()
    assert (measure.title, measure.position) == ("同事的名称", 7)


def test_who_typed_the_same_is_not_asked(keeper, colleague):
    measure = MAKE[PlanMeasure]()
    page = address(PlanMeasure, "change", measure.pk)
    mine = form_of(keeper.get(page)) | {"title": "新名称", "reason": "更名"}
    change(measure, colleague, title="新名称")
    assert keeper.post(page, mine).status_code == 302


def test_a_choice_is_named_in_words(keeper, colleague):
    firm = make_enterprise(city=make_city("370100"))
    page = address(Enterprise, "change", firm.pk)
    field = IndustryField.objects.create(code="a", name="服务", name_en="Services")
    other = IndustryField.objects.create(code="b", name="制造", name_en="Making")
    mine = form_of(keeper.get(page)) | {"field": other.pk, "status": "pending", "reason": "核对"}
    change(firm, colleague, field=field, status="closed")

    errors = errors_of(keeper.post(page, mine))
    assert str(field) in str(errors["field"])
    assert firm.get_status_display() in str(errors["status"])


def test_a_line_below_a_record_is_not_undone_either(keeper, colleague):
    firm = make_enterprise(city=make_city("370100"))
    tier = Tier.objects.create(code="leader", name="链主", name_en="Leader")
    award = TierAward.objects.create(
        enterprise=firm, tier=tier, awarded_on=date(2024, 1, 1), document="甲"
    )
    page = address(Enterprise, "change", firm.pk)
    mine = form_of(keeper.get(page)) | {"reason": "核对"}
    line = next(name for name in mine if name.endswith("0-document") and "initial" not in name)
    change(award, colleague, document="乙")

    refused = keeper.post(page, mine | {line: "丙"})
    assert refused.status_code == 200
    assert "乙" in str(refused.context["errors"])
    award.refresh_from_db()
    assert award.document == "乙"
    assert keeper.post(page, form_of(refused)).status_code == 302
    award.refresh_from_db()
    assert award.document == "丙"


@pytest.mark.parametrize("model", RECORDS)
def test_an_untouched_older_form_never_changes_a_record(keeper, colleague, model):
    record = MAKE[model]()
    page = address(model, "change", record.pk)
    mine = form_of(keeper.get(page)) | {"reason": "无改动"}
    named = {"ReportingPeriod": "due_on"}.get(model.__name__)
    named = named or next(n for n in ("title", "name", "content", "wording") if hasattr(record, n))
    stored = date(2026, 6, 30) if named == "due_on" else "同事改过"
    change(record, colleague, **{named: stored})

    refused = keeper.post(page, mine)
    assert named in errors_of(refused)
    record.refresh_from_db()
    assert getattr(record, named) == stored


def test_every_form_that_edits_a_record_carries_what_it_began_from():
    keepers = [one for one in site._registry.values() if not isinstance(one, ReadOnlyAdmin)]
    editing = [each for one in keepers for each in (one, *one.inlines)]
    recorded = [one for one in editing if hasattr(one.model, "history")]
    assert len(recorded) > len(RECORDS)
    assert not [one for one in recorded if not issubclass(one.form, KeepsOthersChanges)]


def test_a_record_opened_as_an_old_version_is_restored_all_the_same(keeper, colleague):
    measure = MAKE[PlanMeasure]()
    old = measure.history.first()
    change(measure, colleague, title="录错")
    page = address(PlanMeasure, "simple_history", measure.pk, old.pk)
    keeper.post(page, form_of(keeper.get(page)) | {"reason": "录入有误"})
    measure.refresh_from_db()
    assert measure.title == "资金"
