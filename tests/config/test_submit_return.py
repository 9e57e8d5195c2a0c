import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from submissions.models import Submission
from tests.factories import make_city, make_period, make_plan, make_user
from tests.submissions.fault_catalogue import forge, forge_binary


def clean_rows():
    """Lines that add up to no finding but that the firms are new, each with its reason."""
    return [forge.enterprise(n, park=None, remark="本季度新增企业") for n in (1, 2, 3)]


@pytest.fixture
def file(tmp_path, city, period):
    """Jinan's workbook; its advisory findings are answered in 说明."""
    return str(forge.saved(forge.workbook(enterprises=clean_rows()), tmp_path))


@pytest.fixture
def period(db):
    return make_period("2025Q3")


def run(file, *, code=0, **given):
    """Run the command; return what it printed. `code` is how it must end."""
    options = {"city": "370100", "period": "2025Q3", "by": "officer"} | given
    out = StringIO()
    if code:
        with pytest.raises(CommandError) as failed:
            call_command("submit_return", file, stdout=out, **options)
        assert failed.value.returncode == code, failed.value
        return out.getvalue() + str(failed.value)
    call_command("submit_return", file, stdout=out, **options)
    return out.getvalue()


def told(printed):
    """The object that is the last line."""
    return json.loads(printed.strip().splitlines()[-1])


@pytest.mark.parametrize("name", ["报表.xls", "报表.et"])
def test_an_old_workbook_goes_the_whole_way(name, tmp_path, city, period, officer, reviewer):
    content = forge_binary.as_xls(forge.workbook(enterprises=clean_rows()))
    path = str(forge.saved(content, tmp_path, name))
    result = told(run(path, json=True, accept_by=reviewer.username))

    assert (result["status"], result["lines"]) == ("accepted", 3)


def test_without_a_reviewer_it_goes_as_far_as_submitted(file, officer):
    result = told(run(file, json=True))

    submission = Submission.objects.get()
    assert submission.submitted_by == officer
    assert result["submission"] == submission.pk
    assert (result["status"], result["lines"]) == ("submitted", 3)
    assert (result["city"], result["period"]) == ("370100", "2025Q3")


def test_with_a_reviewer_it_goes_the_whole_way(file, officer, reviewer):
    assert told(run(file, accept_by="reviewer", json=True))["status"] == "accepted"
    assert Submission.objects.get().decided_by == reviewer


def test_the_baseline_before_the_plan_is_back_filled_although_nobody_owes_it(
    tmp_path, city, officer, reviewer
):
    make_plan()
    make_period("2022Q4")
    made = forge.workbook(enterprises=clean_rows(), period="2022Q4")
    file = str(forge.saved(made, tmp_path))

    result = told(run(file, period="2022Q4", accept_by="reviewer", json=True))
    assert (result["status"], result["period"]) == ("accepted", "2022Q4")


def test_a_second_run_finds_it_done(file, officer, reviewer):
    run(file)
    run(file, accept_by="reviewer")

    assert told(run(file, accept_by="reviewer", json=True))["status"] == "accepted"
    assert Submission.objects.count() == 1


def test_without_json_it_says_where_it_ended(file, officer):
    assert "Jinan Q3 2025, version 1: Submitted" in run(file)


def test_a_mandatory_finding_ends_it_and_is_printed(tmp_path, officer, period):
    rows = [*clean_rows(), clean_rows()[0]]
    file = str(forge.saved(forge.workbook(enterprises=rows), tmp_path))

    printed = run(file, code=1, json=True)
    result = json.loads(printed[: printed.rindex("}") + 1].splitlines()[-1])
    assert result["status"] == "uploaded"
    assert any(f["severity"] == "mandatory" for f in result["findings"])
    assert Submission.objects.get().checked_at


def test_an_unreadable_file_ends_it_with_2(tmp_path, officer, period):
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")

    run(str(tmp_path / "a.xlsx"), code=2)


@pytest.mark.parametrize(
    "given",
    [
        {"city": "999999"},
        {"period": "2025Q9"},
        {"by": "nobody"},
        {"accept_by": "nobody"},
        {"published_at": "yesterday", "accept_by": "reviewer"},
        {"published_at": "2025-99-99", "accept_by": "reviewer"},
        {"published_at": "2025-10-20T10:00"},
    ],
)
def test_wrong_arguments_end_it_with_2_and_nothing_is_received(file, officer, reviewer, given):
    run(file, code=2, **given)
    assert not Submission.objects.exists()


def test_a_file_that_is_not_there_ends_it_with_2(city, officer, period):
    run("/nowhere.xlsx", code=2)


@pytest.mark.parametrize(
    "given",
    [
        {"by": "stranger"},
        {"by": "official"},
        {"by": "admin"},
        {"accept_by": "official"},
        {"accept_by": "stranger"},
        {"published_at": "2025-10-20T10:00", "accept_by": "reviewer"},
    ],
)
def test_who_may_not_may_not_here_either(file, officer, reviewer, stranger, official, admin, given):
    run(file, code=1, **given)
    assert not Submission.objects.exists()


def test_four_eyes_hold_for_the_superuser_too(file, officer):
    make_user(username="root", is_superuser=True)

    assert "Somebody other" in run(file, by="root", accept_by="root", code=1)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("by", "accept_by"), [("admin", "root"), ("admin", "reviewer"), ("officer", "root")]
)
def test_an_administrator_back_fills_with_one_other(file, officer, reviewer, admin, by, accept_by):
    make_user(username="root", is_superuser=True)
    run(file, by=by, accept_by=accept_by, published_at="2025-10-20T10:00")

    published_at = timezone.localtime(Submission.objects.get().published_at)
    assert f"{published_at:%Y-%m-%d %H:%M}" == "2025-10-20 10:00"


def test_an_administrator_accepts_nothing_not_even_a_history(file, officer, admin):
    run(file, accept_by="admin", published_at="2025-10-20T10:00", code=1)
    run(file, by="admin", accept_by="admin", published_at="2025-10-20T10:00", code=1)
    assert not Submission.objects.exists()


def test_a_future_publication_is_refused(file, admin, reviewer):
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()

    given = {"by": "admin", "accept_by": "reviewer", "published_at": tomorrow}
    assert "future" in run(file, **given, code=1)


def test_a_city_may_be_named_by_its_slug(file, officer):
    make_city("370200")
    run(file, city="jinan")

    assert Submission.objects.get().city.code == "370100"
