"""A workbook opened and saved by another program gives the same reading."""

import subprocess

from submissions.workbook.reading.workbook import read
from tests.programs import program
from tests.submissions.fault_catalogue import forge


def meanings(reading):
    return {
        kind: [
            {name: (value.value, value.cell) for name, value in line.values.items()}
            for line in table.lines
        ]
        for kind, table in reading.tables.items()
    }


def test_libreoffice_saves_the_same_figures(tmp_path):
    soffice = program("soffice", "libreoffice-calc-nogui")

    def calculate(book):
        # LibreOffice calculates what no program has calculated yet.
        book["企业明细"]["E5"] = "=D5*2"
        book["企业明细"].merge_cells("A1:C1")

    path = forge.saved(forge.workbook(edit=calculate), tmp_path, "报表.xlsx")
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "saved"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    ours = read(path)
    saved = read(tmp_path / "saved" / "报表.xlsx")

    assert [fault.code for fault in ours.faults] == ["E144"]
    assert saved.faults == []
    assert saved.tables["enterprises"].lines[0].get("revenue") == 20_020_000
    before, after = meanings(ours), meanings(saved)
    before["enterprises"][0].pop("revenue")
    after["enterprises"][0].pop("revenue")
    assert after == before
