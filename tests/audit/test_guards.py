"""What each append-only table refuses on both databases, what it lets happen, and its owner."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import Migration
from django.utils import timezone

from audit import guards
from audit.acts import Act
from audit.append_only import SUBMISSION, TABLES, rules
from audit.models import AuditEvent, ProposedChange
from audit.recording import record
from clusters.models import BlockCategory, BlockReturn, BuildingBlock, CityReturn, Cluster
from measures.models import Deferral, EvidenceFile
from parks.models import ParkReturn
from submissions.models import (
    Batch,
    BatchContent,
    BatchFile,
    Explanation,
    FirmChoice,
    Submission,
)
from submissions.review.transitions import TRANSITIONS
from tests.factories import (
    make_city_return,
    make_clusters,
    make_enterprise_return,
    make_park,
    make_period,
    make_publication,
)
from tests.measures.cast import make_evidence, make_handed_in, make_report, make_task
from tests.submissions.cast import make_finding, make_original, make_submission
from tests.submissions.layouts.cast import make_layout, make_use
from tests.submissions.papers.issued_papers import make_assessment, make_briefing

# ruff: noqa: S608
pytestmark = pytest.mark.django_db
SOMETHING = [(Migration("0099_something", "clusters"), False)]
NAMES = sorted(rules())
FILLING = {
    models.BooleanField: False,
    models.DateField: date(2025, 1, 1),
    models.DecimalField: Decimal(1),
    models.IntegerField: 1,
    models.ForeignKey: 1,
}


@pytest.fixture
def rows(city, officer):
    """One row in each append-only table."""
    record(Act.TASK_RUN)
    make_publication(city)
    make_city_return(city)
    make_enterprise_return()
    ParkReturn.objects.create(
        park=make_park(city), period=make_period(), published_at=timezone.now()
    )
    make_briefing()
    make_assessment()
    make_ledger_rows(officer)
    fill(ProposedChange, proposed_by=officer)
    submission = make_submission(city)
    finding = make_finding(submission)
    Explanation.objects.create(finding=finding, text="迁入", given_by=officer)
    make_original(submission, b"file")
    batch = Batch.objects.create(created_by=officer)
    BatchContent.objects.create(file=BatchFile.objects.create(batch=batch, size=4), content=b"file")
    use = make_use(submission, make_layout(officer))
    FirmChoice.objects.create(submission=use.submission, name="甲公司", chosen_by=officer)
    for model in apps.get_models():
        empty = model._meta.db_table in rules() and not model._base_manager.exists()
        if empty and model._meta.pk.name == "history_id":
            fill(model, history_date=timezone.now(), history_type="+")
    fill(BlockReturn, block_id=block().pk, period=make_period(), published_at=timezone.now())
    # PostgreSQL truncates nothing while checks of keys are waiting.
    connection.check_constraints()


def make_ledger_rows(officer):
    """One row in each append-only table of the ledger."""
    task = make_task()
    report = make_report(task)
    evidence = make_evidence(report, by=officer)
    EvidenceFile.objects.create(evidence=evidence, content=b"file")
    make_handed_in(task)
    asked = {"due_before": date(2025, 6, 30), "due": date(2025, 9, 30)}
    Deferral.objects.create(
        node=report.node, asked_by=officer, reason="x", asked_on=date(2025, 6, 1), **asked
    )


def block():
    """A building block, for its key."""
    make_clusters()
    category = BlockCategory.objects.create(
        cluster=Cluster.objects.first(), name="研究院", position=1
    )
    return BuildingBlock.objects.create(category=category, content="中心")


def fill(model, **given):
    """A row of whatever goes into its columns."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.null or field.primary_key or field.has_default() or field.name in given:
            continue
        kinds = (value for kind, value in FILLING.items() if isinstance(field, kind))
        values[field.attname] = next(kinds, "x")
    keys = {name.removesuffix("_id") for name in given}
    return model._base_manager.create(
        **{k: v for k, v in values.items() if k.removesuffix("_id") not in keys}, **given
    )


def refused(sql):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


def there(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
        return [one[0] for one in cursor.description], cursor.fetchone()


def key_of(table):
    [model] = (one for one in apps.get_models() if one._meta.db_table == table)
    return model._meta.pk.column


@pytest.mark.parametrize("table", NAMES)
def test_no_column_is_changed_no_row_deleted_emptied_or_replaced(rows, table):
    columns, row = there(table)
    assert row, "a table without a row refuses everything"
    unlike = [name for name, value in zip(columns, row, strict=True) if value is not None]
    for column in unlike:
        if column not in rules()[table].changing:
            other = f"{column} + 1" if column == key_of(table) else "NULL"
            refused(f"UPDATE {table} SET {column} = {other}")
    assert unlike
    refused(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        refused(f"TRUNCATE {table} CASCADE")
        key = key_of(table)
        refused(
            f"INSERT INTO {table} SELECT * FROM {table} "
            f"ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key} + 1"
        )
    else:
        refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert there(table)[1] == row


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_nothing_unique_is_replaced_under_another_key(rows, recursive):
    """Also by who opens SQLite's file with another program, which asks no trigger of DELETE."""
    if connection.vendor == "postgresql":
        return
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA recursive_triggers = {recursive}")
    columns = ", ".join(
        "id + 9" if name == "id" else f'"{name}"' for name in there("clusters_cityreturn")[0]
    )
    refused(f"INSERT OR REPLACE INTO clusters_cityreturn SELECT {columns} FROM clusters_cityreturn")
    cursor.execute("PRAGMA recursive_triggers = ON")


@pytest.mark.parametrize("table", [t for t in NAMES if rules()[t].once == ("superseded_at",)])
def test_a_row_is_superseded_once(rows, table):
    moment = "2099-01-01 00:00:00+00:00"
    connection.cursor().execute(f"UPDATE {table} SET superseded_at = '{moment}'")  # noqa: S608
    refused(f"UPDATE {table} SET superseded_at = NULL")
    refused(f"UPDATE {table} SET superseded_at = '2098-01-01 00:00:00+00:00'")


def test_a_submission_goes_its_way_and_its_file_stays(rows):
    same = "UPDATE submissions_submission SET "
    for wrong in (
        "status = 'accepted'",
        "status = 'superseded'",
        "filename = 'other.xlsx'",
        "size = 5",
        "uploaded_by_id = 0",
    ):
        refused(same + wrong)
    Submission.objects.update(checked_at=timezone.now(), lines=7)
    who = Submission.objects.get().uploaded_by
    Submission.objects.update(status="submitted", submitted_at=timezone.now(), submitted_by=who)
    for wrong in ("status = 'uploaded'", "lines = 8", "submitted_at = NULL"):
        refused(same + wrong)


def test_the_steps_of_a_submission_are_those_of_the_review():
    assert {*SUBMISSION.steps} == {(str(a), str(b)) for a, b in TRANSITIONS.values()}


def test_its_owner_may_and_nobody_afterwards(rows):
    with guards.lifted("audit_auditevent"):
        AuditEvent.objects.all().delete()
    record(Act.TASK_RUN)
    refused("DELETE FROM audit_auditevent")
    assert guards.at_work() | guards.expected() == guards.at_work()


def test_what_fails_as_the_owner_leaves_the_guards(rows):
    with pytest.raises(ZeroDivisionError), guards.lifted("clusters_publication"):  # noqa: PT012
        connection.cursor().execute("DELETE FROM clusters_publication")
        raise ZeroDivisionError
    assert there("clusters_publication")[1]
    refused("DELETE FROM clusters_publication")


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_alters_the_table_leaves_it_guarded():
    """SQLite's table is built anew, and its triggers are lost with the old one."""
    emit_pre_migrate_signal(0, False, "default", plan=SOMETHING)
    old = CityReturn._meta.get_field("employees")
    new = models.BigIntegerField(null=True)
    new.set_attributes_from_name("employees")
    new.model = CityReturn
    with connection.schema_editor() as editor:
        editor.alter_field(CityReturn, old, new, strict=True)
    try:
        assert "clusters_cityreturn_no_update" not in guards.at_work()
        emit_post_migrate_signal(0, False, "default")
        make_city_return()
        refused("UPDATE clusters_cityreturn SET employees = 1")
        refused("DELETE FROM clusters_cityreturn")
        refused(
            "TRUNCATE clusters_cityreturn"
            if connection.vendor == "postgresql"
            else "INSERT OR REPLACE INTO clusters_cityreturn SELECT * FROM clusters_cityreturn"
        )
    finally:
        guards.drop_for(plan=SOMETHING)
        with connection.schema_editor() as editor:
            editor.alter_field(CityReturn, new, old, strict=True)
        guards.make()


def test_where_nothing_is_to_migrate_the_guards_stay(rows):
    emit_pre_migrate_signal(0, False, "default", plan=[])
    refused("DELETE FROM clusters_publication")


def test_every_table_of_the_list_exists():
    assert {*TABLES} <= {one._meta.db_table for one in apps.get_models()}
