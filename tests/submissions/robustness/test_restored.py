"""After a clock was set back or a backup restored: nothing is half-done, and work goes on."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from submissions.intake import receiving
from submissions.models import Submission
from tests.submissions.fault_catalogue import forge


@pytest.fixture
def bring(city, period, officer):
    """Receive a file as the officer would."""

    def act(content):
        return receiving.receive(
            io.BytesIO(content), city=city, period=period, by=officer, filename="报表.xlsx"
        )

    return act


def test_versions_are_counted_and_not_dated(bring):
    """F-57: the clock goes back an hour between two uploads."""
    first = bring(b"first")
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        second = bring(b"second")

    assert second.uploaded_at < first.uploaded_at
    assert (first.version, second.version) == (1, 2)
    assert list(Submission.objects.values_list("version", flat=True)) == [2, 1]
    # The very file that is the newest version is known again, whatever the clock said.
    assert bring(b"second").repeated


def test_a_check_that_was_under_way_is_done_again(bring, client, officer, registered):
    """F-58: nothing is marked as running, so nothing has to be reset."""
    waiting = bring(forge.workbook())
    client.force_login(officer)
    page = client.get(waiting.get_absolute_url())
    client.post(f"{waiting.get_absolute_url()}check-again/")
    waiting.refresh_from_db()

    assert page.status_code == 200
    assert waiting.checked_at
    assert not waiting.findings.exists()
