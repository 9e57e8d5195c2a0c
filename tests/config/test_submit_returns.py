import io
import json
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from submissions.backfill import handing_in
from submissions.models import Batch, BatchFile, Submission
from submissions.review import explaining
from tests.factories import make_city, make_period, make_user
from tests.submissions.fault_catalogue import forge


def file_of(period="2024Q1", *, city="济南市", remark="本季度新增企业", figure=None, **given):
    """A workbook without findings: new firms with their reason, figures that grow."""
    quarter = int(period[-1])
    figure = figure or 1000 * quarter
    figures = {"output_value": figure, "revenue": figure - 100, "total_revenue": 9000}
    rows = [forge.enterprise(n, park=None, remark=remark, **figures) for n in (1, 2, 3)]
    return forge.workbook(enterprises=rows, period=period, city=city, **given)


@pytest.fixture
def folder(tmp_path, city, db):
    """Three quarters of Jinan under names that say nothing, and what is no workbook."""
    for at, period in enumerate(("2024Q2", "2024Q1", "2024Q3")):
        make_period(period)
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{at}.xlsx").write_bytes(file_of(period))
    return tmp_path / "in"


def run(path, *, code=0, **given):
    """Run the command; return the object that it printed last. `code` is how it must end."""
    out = StringIO()
    given = {"by": "officer", "accept_by": "reviewer", "json": True} | given
    if code:
        with pytest.raises(CommandError) as failed:
            call_command("submit_returns", str(path), stdout=out, **given)
        assert failed.value.returncode == code, failed.value
    else:
        call_command("submit_returns", str(path), stdout=out, **given)
    printed = out.getvalue().strip().splitlines()
    return json.loads(printed[-1]) if printed else None


def test_every_file_of_a_folder_goes_the_whole_way(folder, officer, reviewer):
    assert run(folder) == {
        "files": 3,
        "accepted": 3,
        "findings": [],
        "unreadable": [],
        "not_recognised": [],
    }
    in_force = Submission.objects.in_force().order_by("pk")
    assert [one.period.code for one in in_force] == ["2024Q1", "2024Q2", "2024Q3"]
    assert {(one.submitted_by, one.decided_by) for one in in_force} == {(officer, reviewer)}


def test_an_archive_gives_the_same_as_its_folder(folder, tmp_path, officer, reviewer):
    with zipfile.ZipFile(tmp_path / "history.zip", "w") as archive:
        for one in folder.iterdir():
            archive.write(one, f"2024/{one.name}")

    assert run(tmp_path / "history.zip")["accepted"] == 3


def test_run_again_it_goes_on_and_submits_nothing_twice(folder, officer, reviewer, monkeypatch):
    calls = []
    whole = handing_in.actions.submit

    def killed(*args, **given):
        calls.append(1)
        if len(calls) in (2, 4):
            raise KeyboardInterrupt
        return whole(*args, **given)

    monkeypatch.setattr(handing_in.actions, "submit", killed)
    for _time in range(2):
        with pytest.raises(KeyboardInterrupt):
            run(folder)

    assert run(folder)["accepted"] == 3
    assert Submission.objects.count() == 3
    assert Batch.objects.count() == 1
    assert run(folder)["accepted"] == 3
    assert (Submission.objects.count(), BatchFile.objects.count()) == (3, 3)


def test_a_second_file_of_a_quarter_is_put_to_a_person_and_the_others_go_on(
    folder, officer, reviewer
):
    (folder / "again.xlsx").write_bytes(file_of("2024Q1", remark="本季度新增的企业"))

    result = run(folder, code=1)
    assert result["accepted"] == 2
    assert sorted(result["not_recognised"]) == ["1.xlsx", "again.xlsx"]
    assert not Submission.objects.filter(period__code="2024Q1").exists()


def test_what_cannot_be_read_or_recognised_is_listed(folder, officer, reviewer):
    (folder / "a.xlsx").write_bytes(b"no workbook")
    (folder / "b.xlsx").write_bytes(file_of("2024Q1", city="某某局"))

    result = run(folder, code=2)
    assert (result["unreadable"], result["not_recognised"]) == (["a.xlsx"], ["b.xlsx"])
    assert result["accepted"] == 3


def test_unanswered_findings_hold_one_file_up_until_they_are_answered(
    tmp_path, city, officer, reviewer
):
    make_period("2024Q1")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(file_of("2024Q1", remark=None))

    assert run(tmp_path / "in", code=1)["findings"] == ["a.xlsx"]
    for finding in Submission.objects.get().findings.unanswered():
        explaining.explain(finding, text="本季度新纳入统计口径", by=officer, confirmed=True)
    assert run(tmp_path / "in")["accepted"] == 1


def test_an_administrator_brings_a_dated_history_of_every_city(folder, reviewer):
    make_city("370800")
    (folder / "other.xlsx").write_bytes(file_of("2024Q1", city="济宁市"))
    admin = make_user("admin", username="admin")

    assert run(folder, by="admin", code=2) is None
    result = run(folder, by="admin", published_at="2024-11-20T10:00", code=1)
    # Another city's firms are not registered twice.
    assert result["accepted"] >= 3
    dated = Submission.objects.filter(city__code="370100")
    assert {str(one.published_at.date()) for one in dated} == {"2024-11-20"}
    assert {one.submitted_by for one in dated} == {admin}


def test_another_citys_file_is_refused_to_a_bureau(folder, officer, reviewer):
    make_city("370800")
    (folder / "other.xlsx").write_bytes(file_of("2024Q1", city="济宁市"))

    result = run(folder, code=1)
    assert (result["findings"], result["accepted"]) == (["other.xlsx"], 3)


@pytest.mark.parametrize(
    ("given", "code"),
    [({"by": "nobody"}, 2), ({"accept_by": "officer"}, 1), ({"published_at": "2024-01-01"}, 2)],
)
def test_wrong_people_and_dates_store_nothing(folder, officer, reviewer, given, code):
    run(folder, code=code, **given)

    assert not Batch.objects.exists()


def test_what_is_there_neither_as_folder_nor_as_archive_ends_it_with_2(tmp_path, officer, reviewer):
    (tmp_path / "a.zip").write_bytes(b"nothing")

    run(tmp_path / "none", code=2)
    run(tmp_path / "a.zip", code=2)


def test_the_archive_is_kept_as_it_came(folder, officer, reviewer):
    run(folder)

    contents = {bytes(one.content.content) for one in BatchFile.objects.all()}
    assert contents == {one.read_bytes() for one in folder.iterdir()}
    assert io.BytesIO(contents.pop()).read(2) == b"PK"
