"""Each check finds the fault that is planted for it, by SQL and with the guards off; no other."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from audit.append_only import TABLES
from clusters.models import CityReturn, Publication
from enterprises.models import EnterpriseReturn
from measures.models import TaskReport
from parks.models import ParkReturn
from submissions.backfill.archive import Member
from submissions.backfill.batches import bring
from submissions.models import Submission
from submissions.verification import chain, checks, database
from tests.audit.rewritten import erase, rewrite
from tests.submissions.cast import make_original, make_row, make_submission
from tests.submissions.verification.conftest import drop, without_guards

GUARDS = [f"{table}_no_{act}" for table in TABLES for act in ("update", "delete")]
TOMORROW = timezone.now() + timedelta(days=1)


def run(cursor, sql, *given):
    adapt = connection.ops.adapt_datetimefield_value
    cursor.execute(sql, [adapt(one) if hasattr(one, "tzinfo") else one for one in given])


def test_nothing_is_found_in_what_went_the_whole_way(accepted):
    assert CityReturn.objects.exists()
    assert EnterpriseReturn.objects.count() == 3
    assert TaskReport.objects.count() == 1
    assert not list(checks.faults())


def test_a_changed_original(accepted, found):
    with without_guards() as cursor:
        run(cursor, "UPDATE submissions_original SET content = %s", b"forged")
    assert str(accepted) in found("originals")[0]


def test_a_changed_original_whose_hash_is_forged_too(accepted, found):
    with without_guards() as cursor:
        run(
            cursor,
            "UPDATE submissions_original SET content = %s, size = 0, sha256 = %s",
            b"",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        )
    assert str(accepted) in found("originals")[0]


def test_a_lost_original(accepted, found):
    with without_guards() as cursor:
        run(cursor, "DELETE FROM submissions_original")
    assert str(accepted) in found("originals-lost")[0]


@pytest.fixture
def brought(accepted, officer, city):
    """A batch of two files."""
    files = [Member("甲.xlsx", b"first"), Member("乙.xlsx", b"second")]
    return bring(files, by=officer, name="补录", cities=[city])


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE submissions_batchcontent SET content = %s WHERE file_id = %s", "not the file"),
        ("DELETE FROM submissions_batchcontent WHERE content <> %s AND file_id = %s", "lost"),
    ],
)
def test_a_file_of_a_batch_that_is_changed_or_lost(brought, found, sql, said):
    file = brought.files.get(name="甲.xlsx")
    with without_guards() as cursor:
        run(cursor, sql, b"forged", file.pk)
    [one] = found("batch-files")
    assert "甲.xlsx" in one
    assert said in one


def test_a_citys_figure_that_is_not_in_its_cell(accepted, found):
    rewrite(CityReturn.objects, employees=77)
    [one] = found("city-figures")
    assert "77" in one
    assert "城市汇总!C" in one


def test_a_citys_figure_that_was_never_reported(accepted, found):
    Submission.objects.get().rows.filter(key="employees").delete()
    assert "not reported" in found("city-figures")[0]


def test_an_enterprises_figure_that_is_not_in_its_cell(accepted, found):
    line = EnterpriseReturn.objects.order_by("pk")[0]
    rewrite(EnterpriseReturn.objects.filter(pk=line.pk), employees=1234)
    [one] = found("enterprise-figures")
    assert "企业明细!" in one
    assert "1234" in one


def test_a_report_on_a_task_that_is_not_in_its_row(accepted, found):
    rewrite(TaskReport.objects, text="已完工")
    [one] = found("task-reports")
    assert "任务进展!F5" in one


def test_a_report_on_a_task_that_was_never_made(accepted, found):
    accepted.rows.filter(kind="tasks").delete()
    assert "任务进展!F5" in found("task-reports")[0]


def test_a_parks_figure_that_is_not_in_its_cell(accepted, city, period, found):
    park = accepted.city.parks.get()
    make_row(accepted, "parks", park.name, sheet="园区进展", firms="5")
    ParkReturn.objects.create(park=park, period=period, published_at=accepted.published_at, firms=6)
    [one] = found("park-figures")
    assert "园区进展!A5" in one


def test_a_line_that_is_missing_from_the_sum(accepted, found):
    first = EnterpriseReturn.objects.earliest("pk")
    erase(EnterpriseReturn.objects.filter(pk=first.pk))
    assert str(accepted) in found("line-sums")[0]


def test_two_versions_in_force(accepted, found):
    drop("submission_one_in_force")
    second = make_original(
        make_submission(
            accepted.city,
            accepted.period,
            by=accepted.uploaded_by,
            reviewer=accepted.decided_by,
            status="accepted",
        ),
        b"second",
    )
    Publication.objects.append(
        city=second.city, period=second.period, published_at=second.published_at
    )
    assert "2025Q3" in found("one-in-force", besides={"constraints", "guards"})[0]


def test_a_gap_in_the_versions(accepted, found):
    rewrite(Submission.objects, version=3)
    assert "there are: 3" in found("versions")[0]


def test_a_decision_of_ones_own(accepted, found):
    with without_guards() as cursor:
        # Whom the database lets pass: the uploader, where somebody else submitted.
        run(
            cursor,
            "UPDATE submissions_submission "
            "SET submitted_by_id = decided_by_id, decided_by_id = uploaded_by_id",
        )
    assert str(accepted) in found("four-eyes")[0]


def test_a_state_without_its_times(accepted, found):
    with without_guards() as cursor:
        run(cursor, "UPDATE submissions_submission SET superseded_at = %s", TOMORROW)
    assert str(accepted) in found("states", besides={"in-force-together"})[0]


def test_a_publication_in_the_future(accepted, found):
    with without_guards() as cursor:
        for table in (
            *("submissions_submission", "clusters_publication", "clusters_cityreturn"),
            *("enterprises_enterprisereturn", "measures_taskreport"),
        ):
            run(cursor, f"UPDATE {table} SET published_at = %s", TOMORROW)  # noqa: S608
    # The submission, its publication, the city's totals, three lines and a report on a task.
    assert len(found("future")) == 7


@pytest.mark.parametrize("which", ["publication", "submission"])
def test_an_acceptance_without_its_counterpart(accepted, found, which):
    if which == "publication":
        erase(Publication.objects)
    else:
        Publication.objects.append(
            city=accepted.city, period=accepted.period, published_at=timezone.now()
        )
    assert len(found("publications")) == 1


def test_figures_of_no_submission(accepted, found):
    rewrite(CityReturn.objects, published_at=timezone.now() - timedelta(days=900))
    assert "clusters_cityreturn" in found("figures-of-nobody")[0]


def test_a_figure_that_is_superseded_alone(accepted, found):
    CityReturn.objects.update(superseded_at=timezone.now())
    assert "clusters_cityreturn" in found("in-force-together")[0]


def test_a_page_that_shows_other_figures(accepted, found):
    assert not list(checks.faults(("snapshot",)))
    # Written beside the publication, so that this process does not see it.
    rewrite(CityReturn.objects, output_value=1)
    assert "370100 2025Q3" in found("snapshot", besides={"city-figures"})[0]


def test_a_row_that_points_nowhere(accepted, found):
    with without_guards() as cursor:
        run(cursor, "UPDATE submissions_stagedrow SET submission_id = 99 WHERE kind = 'city'")
    places = found("orphans", besides={"city-figures"})
    with without_guards() as cursor:
        run(cursor, "UPDATE submissions_stagedrow SET submission_id = %s", accepted.pk)
    assert "submissions_stagedrow" in places[0]


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_a_guard_that_is_missing(db, found, name):
    drop(name)
    assert [one.partition(":")[0] for one in found("guards")] == [name]


@pytest.mark.parametrize("name", ["submission_one_in_force", "department_return_one_waiting"])
def test_a_constraint_that_is_missing(db, found, name):
    drop(name)
    assert name in found("constraints", besides={"guards"})[0]


def test_the_tables_of_every_app_of_ours_are_looked_at():
    looked_at = {model._meta.app_label for model in database.models_of_ours()}
    folders = {path.parent.name for path in settings.BASE_DIR.glob("*/migrations")}
    assert looked_at == folders


# ---- the command -----------------------------------------------------------------------------


def test_the_command_finds_nothing_and_ends_with_0(accepted, capsys):
    call_command("verify")
    told = f"Chain of figures: {chain.head()}\n{len(checks.CHECKS)} checks, 0 faults.\n"
    assert capsys.readouterr().out == told


def test_the_command_lists_what_it_finds_and_ends_with_1(accepted, capsys):
    with without_guards() as cursor:
        run(cursor, "DELETE FROM submissions_original")
    with pytest.raises(SystemExit, match="1"):
        call_command("verify", "--originals", "--json")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"originals-lost  {accepted}: Its original is lost."
    assert lines[2] == "3 checks, 1 faults."
    assert json.loads(lines[3]) == {
        "chain": chain.head(),
        "checks": ["originals-lost", "originals", "batch-files"],
        "faults": [
            {"check": "originals-lost", "place": str(accepted), "what": "Its original is lost."}
        ],
    }
