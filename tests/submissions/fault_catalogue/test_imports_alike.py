"""A demonstration workbook opened and saved by LibreOffice Calc imports like openpyxl's own."""

import subprocess
from io import BytesIO

import pytest

from clusters.models import City, ReportingPeriod
from config.deploy import reference_data
from foundation.quarters import Quarter
from submissions.demonstration import register
from submissions.demonstration.places import places
from submissions.demonstration.workbooks import workbook
from submissions.intake import receiving
from tests.factories import make_user
from tests.programs import program

QUARTER = Quarter(2025, 3)


@pytest.fixture(autouse=True)
def ready(db):
    reference_data.load()
    register.enter_firms()


def saved_by_calc(content: bytes, folder) -> bytes:
    """The workbook after LibreOffice Calc has opened it and saved it as its own .xlsx."""
    path = folder / "written.xlsx"
    path.write_bytes(content)
    subprocess.run(
        [
            program("soffice", "libreoffice-calc-nogui"),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "saved"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "saved" / "written.xlsx").read_bytes()


def imported(content: bytes, city: str) -> tuple[list, list]:
    """What the intake makes of a file: its staged rows with their cells, and its findings."""
    submission = receiving.receive(
        BytesIO(content),
        city=City.objects.get(code=city),
        period=ReportingPeriod.objects.get(code=str(QUARTER)),
        by=make_user("bureau"),
        filename="报表.xlsx",
    )
    submission = receiving.read_and_check(submission)
    fields = ("kind", "sheet", "row", "key", "values", "cells")
    rows = list(submission.rows.order_by("pk").values(*fields))
    found = submission.findings.order_by("position")
    return rows, list(found.values("code", "sheet", "cell", "value", "params"))


@pytest.mark.parametrize("city", ["370100", "370200", "370700"])
def test_calc_and_openpyxl_import_alike(city, tmp_path):
    place = places()[city]
    written = workbook(place, QUARTER, 1)
    saved = saved_by_calc(written, tmp_path)
    assert saved != written

    rows, found = imported(written, city)

    assert len(rows) > 20
    assert imported(saved, city) == (rows, found)
