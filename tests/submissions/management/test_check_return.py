import json

import pytest
from django.core.management import CommandError, call_command

from submissions.models import Finding, StagedRow, Submission
from tests.factories import make_enterprise, make_period
from tests.submissions.fault_catalogue import forge, forge_binary


@pytest.fixture
def checked(city, tmp_path, capsys):
    """Run the command over a workbook with these lines; return exit code and output."""
    make_period("2025Q3")
    for number in (1, 2, 3):
        make_enterprise(city, credit_code=forge.credit_code(number), name=f"示例环保企业{number}")

    def run(*arguments, content=None, **given):
        lines = given.get("enterprises") or [line(n) for n in (1, 2, 3)]
        content = content or forge.workbook(enterprises=lines)
        path = forge.saved(content, tmp_path)
        code = 0
        try:
            call_command("check_return", str(path), *(arguments or JINAN))
        except SystemExit as leaving:
            code = leaving.code
        return code, capsys.readouterr().out

    return run


JINAN = ("--city", "370100", "--period", "2025Q3")


def line(number, **given):
    return forge.enterprise(number, park=None, **given)


def test_a_clean_workbook_exits_with_0(checked):
    code, said = checked()
    assert (code, said) == (0, "3 enterprise lines; 0 mandatory, 0 advisory.\n")


@pytest.mark.parametrize("revenue", [900, "12万", "#N/A"])
def test_an_old_workbook_says_what_the_same_xlsx_says(revenue, checked):
    content = forge.workbook(enterprises=[line(1), line(2, revenue=revenue), line(3)])
    code, said = checked(*JINAN, "--json", content=content)
    code_of_old, said_of_old = checked(*JINAN, "--json", content=forge_binary.as_xls(content))
    new, old = (json.loads(text.splitlines()[-1]) for text in (said, said_of_old))

    # It is named .xlsx by the fixture.
    assert [f["code"] for f in old["findings"] if f not in new["findings"]] == ["W112"]
    assert (code_of_old, old["lines"]) == (code, new["lines"])


def test_a_city_may_be_named_by_its_slug(checked):
    assert checked("--city", "jinan", "--period", "2025Q3")[0] == 0


def test_an_advisory_finding_alone_exits_with_0(checked):
    code, said = checked(enterprises=[line(1), line(2), line(9)])
    assert code == 0
    assert "W152 [advisory] × 1" in said


def test_a_mandatory_finding_exits_with_1_and_json_is_the_last_line(checked):
    code, said = checked(*JINAN, "--json", enterprises=[line(1), line(2, revenue=-5)])
    told = json.loads(said.splitlines()[-1])
    assert code == 1
    assert (told["city"], told["period"], told["submission"]) == ("370100", "2025Q3", None)
    assert (told["status"], told["lines"]) == ("checked", 2)
    assert [(f["code"], f["sheet"], f["cell"], f["value"]) for f in told["findings"]] == [
        ("E180", "企业明细", "E6", "-5")
    ]


def test_a_file_that_cannot_be_read_exits_with_2_and_says_why(checked):
    code, said = checked(*JINAN, "--json", content=b"%PDF-1.7 of somebody else")
    told = json.loads(said.splitlines()[-1])
    assert code == 2
    assert told["status"] == "unreadable"
    assert len(told["findings"]) == 1
    assert told["findings"][0]["severity"] == "mandatory"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--city", "371200", "--period", "2025Q3"),
        ("--city", "370100", "--period", "2025Q5"),
        ("--city", "370100", "--period", "2031Q1"),
    ],
)
def test_invalid_arguments_exit_with_2(checked, arguments):
    with pytest.raises(CommandError) as refusal:
        checked(*arguments)
    assert refusal.value.returncode == 2


def test_a_file_that_is_not_there_exits_with_2(checked, tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("check_return", str(tmp_path / "nothing.xlsx"), *JINAN)
    assert refusal.value.returncode == 2


def test_nothing_is_stored(checked):
    checked(enterprises=[line(1), line(9)])
    assert not Submission.objects.exists()
    assert not StagedRow.objects.exists()
    assert not Finding.objects.exists()
