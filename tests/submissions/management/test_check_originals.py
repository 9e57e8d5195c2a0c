import io

import pytest
from django.core.management import call_command

from submissions.intake import receiving
from submissions.intake.originals import path_of


@pytest.fixture
def submission(city, period, officer):
    return receiving.receive(
        io.BytesIO(b"first"), city=city, period=period, by=officer, filename="a.xlsx"
    )


def test_an_intact_store_exits_with_0(submission, capsys):
    call_command("check_originals")

    assert capsys.readouterr().out == "1 originals in order, 0 lost, 0 without a submission.\n"


@pytest.mark.parametrize(("loss", "said"), [("gone", "missing"), ("other", "changed")])
def test_a_loss_is_named_and_exits_with_1(loss, said, submission, capsys):
    path = path_of(submission)
    if loss == "gone":
        path.unlink()
    else:
        path.write_bytes(b"other")

    with pytest.raises(SystemExit, match="1"):
        call_command("check_originals")
    out = capsys.readouterr().out
    assert said in out
    assert str(submission) in out
    assert "0 originals in order, 1 lost" in out
