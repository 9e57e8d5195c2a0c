from datetime import date

import pytest

from measures.models import Deferral
from tests.factories import make_city, make_target, make_user
from tests.measures.cast import make_evidence, make_report, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
AT = "?period=2025Q2&as_of=2025-08-15"


def test_shows_steps_with_their_reason_reports_evidence_and_deferrals(reader):
    task = make_task()
    done = make_report(task, quarter="2025Q2", state="done", done_on=date(2025, 7, 5))
    make_evidence(done, by=make_user())
    Deferral.objects.create(
        node=task.nodes.get(),
        asked_by=make_user(),
        reason="用地未批",
        due_before=date(2025, 6, 30),
        due=date(2025, 9, 30),
        asked_on=date(2025, 7, 2),
    )
    page = reader.get(f"/measures/1-01/{AT}").content.decode()
    assert "Reported as done on 5 July 2025; its evidence has not been checked." in page
    assert "鲁环发〔2025〕9号" in page
    assert "not checked yet" in page
    assert "用地未批" in page
    assert "not decided yet" in page


def test_shows_the_targets_it_serves_and_claims_no_cause(reader):
    task = make_task()
    task.targets.add(make_target())
    page = reader.get(f"/measures/1-01/{AT}").content.decode()
    assert "does not say that the one caused the other" in page
    assert f"/indicators/cluster-output-share/{AT.replace('&', '&amp;')}" in page


def test_a_task_without_a_standard_cannot_be_judged(reader):
    make_task(standard="")
    page = reader.get(f"/measures/1-01/{AT}").content.decode()
    assert "it cannot be judged" in page
    assert "light_cannot_judge" in page


def test_another_citys_task_is_not_there(client, officer):
    make_task(cities=[make_city("370300")])
    client.force_login(officer)
    assert client.get(f"/measures/1-01/{AT}").status_code == 404
