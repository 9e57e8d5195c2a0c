"""Import and export as jobs: what happens when they are begun twice, or meet each other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import City
from enterprises.models import Enterprise
from enterprises.register import background
from enterprises.register.resources import EnterpriseResource
from jobs.models import Job
from jobs.queue import carry_out
from tests.enterprises.register.cast import dataset_of, register
from tests.factories import credit_code, make_enterprise
from tests.jobs.cast import QUEUE

TWO = [[credit_code(901), "甲", "济南市"], [credit_code(902), "乙", "济南市"]]


def preview_of(*rows, by):
    content = register(*rows)
    return background.start_preview(content, "r.csv", reason="x", cities=City.objects.all(), by=by)


def carried_out(job, task):
    job = Job.objects.get(pk=job.pk)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    carry_out(str(job.pk), task.func.__wrapped__)
    return Job.objects.get(pk=job.pk)


def test_a_preview_only_reads_the_register(city, admin):
    changed = make_enterprise(name="旧名")
    dataset = dataset_of(register(*TWO, [changed.credit_code, "新名", "济南市"]))
    with CaptureQueriesContext(connection) as asked:
        result = EnterpriseResource(cities=City.objects.all()).compare(dataset, reason="x")
    assert (len(result.new()), len(result.changed())) == (2, 1)
    assert {one["sql"].split()[0] for one in asked} == {"SELECT"}


def test_an_import_that_wrote_and_died_is_not_done_again(city, admin):
    preview = preview_of(*TWO, by=admin)
    job = background.start_import(preview)
    first = Job.objects.get(pk=job.pk).result
    again = carried_out(job, background.import_register)
    assert (again.state, again.result) == ("done", first)
    assert first["counts"]["new"] == 2
    assert Enterprise.history.count() == 2


def test_an_import_begun_anew_while_the_first_still_wrote_keeps_its_outcome(
    city, admin, monkeypatch
):
    job = background.start_import(preview_of(*TWO, by=admin))
    first = Job.objects.get(pk=job.pk)
    Job.objects.filter(pk=job.pk).update(result=None, product=None)
    compare = EnterpriseResource.compare

    def slowly(self, *args, **given):
        found = compare(self, *args, **given)
        Job.objects.filter(pk=job.pk).update(result=first.result, product=first.product)
        return found

    monkeypatch.setattr(EnterpriseResource, "compare", slowly)
    again = carried_out(job, background.import_register)
    assert (again.state, again.result, again.product) == ("done", first.result, first.product)
    assert Enterprise.history.count() == 2


class Killed(BaseException):
    """The worker's process is gone."""


def test_an_import_killed_while_it_writes_leaves_nothing_and_is_begun_anew(
    city, admin, monkeypatch
):
    def die(*args, **kwargs):
        raise Killed

    changed = make_enterprise(name="旧名")
    preview = preview_of(*TWO, [changed.credit_code, "新名", "济南市"], by=admin)
    with monkeypatch.context() as patch:
        patch.setattr(background, "_note_in_admin", die)
        job = background.start_import(preview)
    assert job.state == "running"
    changed.refresh_from_db()
    assert changed.name == "旧名"
    assert Enterprise.objects.count() == 1
    assert not changed.former_names.exists()

    assert carried_out(job, background.import_register).state == "done"
    assert Enterprise.objects.count() == 3
    assert changed.former_names.count() == 1


def meanwhile(monkeypatch, act):
    """Do something between the comparison of the rows and their writing."""
    store = EnterpriseResource.store

    def stored(self, result):
        act()
        store(self, result)

    monkeypatch.setattr(EnterpriseResource, "store", stored)


def test_what_was_registered_meanwhile_is_said_in_words(city, admin, monkeypatch):
    preview = preview_of(*TWO, by=admin)
    meanwhile(monkeypatch, lambda: make_enterprise(credit_code=TWO[1][0]))
    job = background.start_import(preview)
    assert job.state == "failed"
    assert "changed at the same moment; nothing was written" in job.error
    assert not Enterprise.objects.filter(credit_code=TWO[0][0]).exists()


def test_what_was_changed_meanwhile_is_not_overwritten(city, admin, monkeypatch):
    changed = make_enterprise(name="旧名")
    preview = preview_of(*TWO, [changed.credit_code, "新名", "济南市"], by=admin)

    def close():
        Enterprise.objects.filter(pk=changed.pk).update(status="closed")

    with monkeypatch.context() as patch:
        meanwhile(patch, close)
        assert "nothing was written" in background.start_import(preview).error
    changed.refresh_from_db()
    assert changed.name == "旧名"
    assert Enterprise.objects.count() == 1
    # Tried again, it is compared anew.
    assert background.start_import(preview).state == "done"


def test_confirmed_twice_it_is_one_import(city, admin):
    preview = preview_of(*TWO, by=admin)
    assert background.start_import(preview) == background.start_import(preview)


@pytest.mark.django_db(transaction=True)
def test_imports_wait_for_each_other(settings, city, admin):
    settings.TASKS = QUEUE
    first, second = preview_of(*TWO, by=admin), preview_of(*TWO, by=admin)
    Job.objects.filter(pk=first.pk).update(state="running", attempts=1)
    carry_out(str(second.pk), background.preview_import.func.__wrapped__)
    second.refresh_from_db()
    assert second.state == "waiting"


def test_an_import_keeps_who_gave_which_reason_for_every_row_and_name(city, admin):
    changed = make_enterprise(name="旧名")
    job = background.start_import(
        preview_of(*TWO, [changed.credit_code, "新名", "济南市"], by=admin)
    )
    assert job.state == "done"
    former = changed.former_names.get()
    assert (former.name, former.used_until, former.document) == ("旧名", None, "x")
    for record in (*Enterprise.objects.all(), former):
        version = record.history.first()
        assert (version.history_user, version.history_change_reason) == (admin, "x")
