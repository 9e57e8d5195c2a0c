"""F-50: the database is lost in the middle of an act. Nothing is half-done; a page reports it."""

from contextlib import suppress
from functools import wraps
from importlib import import_module

import pytest
from django.db import DatabaseError, OperationalError, connection, connections

from clusters.models import CityReturn, Publication
from enterprises.models import EnterpriseReturn
from submissions.intake.originals import content_of
from submissions.models import Finding, StagedRow, Submission
from tests.factories import make_period
from tests.jobs.cast import QUEUE, worker
from tests.submissions.cast import make_row, make_submission
from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.faults import sent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault("F-50")]


def silent(*arguments):
    """The error of SQLite whose disk has been removed."""
    raise OperationalError("unable to open database file")


def end_connection():
    """End our connection from PostgreSQL, as when it is stopped; nothing on SQLite."""
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid]
            )
        other.close()
    else:
        connection.execute_wrappers.append(silent)


@pytest.fixture
def gone_at(monkeypatch):
    """Return a function: the database is lost once module:name is called, until back()."""

    def arrange(where):
        module, _, name = where.partition(":")
        owner = import_module(module)
        *path, last = name.split(".")
        for step in path:
            owner = getattr(owner, step)
        real = getattr(owner, last)

        @wraps(real)
        def call(*args, **kwargs):
            end_connection()
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, last, call)

    yield arrange
    back(monkeypatch)


def back(monkeypatch):
    """Make the database available again."""
    monkeypatch.undo()
    connection.execute_wrappers.clear()
    connection.close()


@pytest.mark.parametrize(
    "where",
    [
        "submissions.intake.receiving:read_with_progress",
        "submissions.validation.checking:context_for",
        "submissions.intake.receiving:stage",
        "submissions.models:Finding.objects.bulk_create",
        "submissions.intake.receiving:_restore_answers",
    ],
)
def test_during_the_check_the_file_stays_and_is_checked_later(
    where, client, officer, monkeypatch, gone_at, settings
):
    settings.TASKS = QUEUE
    make_period()
    client.force_login(officer)
    content = forge.workbook()
    client.post("/submissions/new/", {"file": sent(content), "period": "2025Q3"})
    gone_at(where)
    # The worker cannot even say that its task failed: it ends, and is started again.
    with suppress(DatabaseError):
        worker(monkeypatch)()
    back(monkeypatch)

    submission = Submission.objects.get()
    assert submission.checked_at is None
    assert content_of(submission) == content
    assert not StagedRow.objects.exists()
    assert not Finding.objects.exists()
    worker(monkeypatch)(only_worker=True)
    submission.refresh_from_db()
    assert submission.lines == 3


@pytest.mark.parametrize(
    "where",
    [
        "submissions.intake.receiving:one_at_a_time_in",
        "submissions.models:Submission.save",
        "submissions.models:Original.save",
    ],
)
def test_while_a_file_is_received_there_is_never_a_row_without_its_file(
    where, client, officer, monkeypatch, gone_at
):
    make_period()
    client.force_login(officer)
    client.raise_request_exception = False
    gone_at(where)
    content = {"file": sent(forge.workbook()), "period": "2025Q3"}
    answer = client.post("/submissions/new/", content)
    back(monkeypatch)

    says_that_the_database_is_gone(answer)
    assert not Submission.objects.exists()
    content = {"file": sent(forge.workbook()), "period": "2025Q3"}
    assert client.post("/submissions/new/", content).status_code == 302
    assert content_of(Submission.objects.get())


@pytest.mark.parametrize(
    "where",
    [
        "submissions.review.publishing:end_figures",
        "submissions.review.publishing:bulk_create_with_history",
        "parks.models:ParkReturn.objects.bulk_create",
        "submissions.review.publishing:Publication.objects.append",
        "submissions.models:Submission.save",
    ],
)
def test_during_acceptance_nothing_is_in_force_and_it_is_accepted_later(
    where, client, city, officer, reviewer, monkeypatch, gone_at
):
    submission = make_submission(city, make_period(), by=officer, status="submitted")
    make_row(submission)
    make_row(submission, "city", "output_value", this_year="5")
    client.force_login(reviewer)
    client.raise_request_exception = False
    gone_at(where)
    answer = client.post(f"{submission.get_absolute_url()}accept/")
    back(monkeypatch)

    says_that_the_database_is_gone(answer)
    submission.refresh_from_db()
    assert submission.status == "submitted"
    for model in (Publication, CityReturn, EnterpriseReturn):
        assert not model.objects.exists()
    client.post(f"{submission.get_absolute_url()}accept/")
    submission.refresh_from_db()
    assert submission.status == "accepted"
    assert Publication.objects.count() == EnterpriseReturn.objects.count() == 1


def says_that_the_database_is_gone(answer):
    """Assert status 503, its page and Retry-After."""
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "The database does not answer" in page
    assert "Traceback" not in page
