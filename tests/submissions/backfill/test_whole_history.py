"""A small history in one archive comes to the same figures as the demonstration, killed twice."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from clusters.models import City
from config.deploy import reference_data
from foundation.quarters import Quarter
from submissions.backfill import handing_in, recognising
from submissions.demonstration import loading, register, story
from submissions.models import Batch, Submission
from tests.factories import make_user
from tests.submissions.backfill import history

# Weifang restated its 2024Q4; Tai'an's cumulative figure falls in 2024Q3, with its reason.
CITIES = ("370700", "370900")
QUARTERS = Quarter.range(Quarter(2024, 1), Quarter(2024, 4))


@pytest.fixture
def province(db, monkeypatch):
    monkeypatch.setattr(story, "quarters", lambda: QUARTERS)
    reference_data.load()
    register.enter_firms()
    register.enter_baselines()
    people = {
        code: make_user("bureau", City.objects.get(code=code), is_demonstration=True)
        for code in CITIES
    }
    return {"bureaus": people, "reviewer": make_user("reviewer", username="reviewer")}


@pytest.fixture
def as_loaded(province):
    """What the demonstration comes to; nothing of it is there any more."""
    with transaction.atomic():
        loading.load(**province, report=lambda *done: None)
        came = history.figures(), history.verdicts(QUARTERS)
        transaction.set_rollback(True)
    return came


def run(path, *, ends=None):
    """Run the command until it ends by itself; `ends` is its exit code if that is not 0."""
    given = {"by": "admin", "published_at": "2025-06-01T09:00", "verbosity": 0}
    if ends is None:
        call_command("submit_returns", str(path), **given)
        return
    with pytest.raises(CommandError) as ended:
        call_command("submit_returns", str(path), **given)
    assert ended.value.returncode == ends, ended.value


def killed_at(monkeypatch, module, name, time):
    """Kill the next run of the command at the given call of a function."""
    calls, whole = [], getattr(module, name)

    def act(*args, **given):
        calls.append(1)
        if len(calls) == time:
            raise KeyboardInterrupt
        return whole(*args, **given)

    monkeypatch.setattr(module, name, act)


def test_a_history_under_any_names_comes_to_the_figures_of_the_demonstration(
    as_loaded, province, tmp_path, monkeypatch
):
    admin = make_user("admin", username="admin")
    content, named = history.archive(history.versions(CITIES))
    path = tmp_path / "history.zip"
    path.write_bytes(content)

    for module, name, time in (
        (recognising, "read_sandboxed", 5),
        (handing_in.receiving, "read_and_check", 4),
    ):
        with monkeypatch.context() as patched:
            killed_at(patched, module, name, time)
            with pytest.raises(KeyboardInterrupt):
                run(path)
    run(path, ends=1)
    batch = Batch.objects.get()
    assert history.decide(batch, named, by=admin) == [("370700", "2024Q4")]
    run(path)
    assert Submission.objects.count() == len(named)

    assert history.accept(batch, by=province["reviewer"]) == []
    figures, verdicts = as_loaded
    assert history.figures() == figures
    assert history.verdicts(QUARTERS) == verdicts
    assert {one.decided_by for one in Submission.objects.in_force()} == {province["reviewer"]}
