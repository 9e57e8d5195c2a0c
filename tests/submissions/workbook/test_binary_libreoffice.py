"""F-17: what is read from .xls files that LibreOffice wrote is what LibreOffice reads in them."""

import random
import subprocess
from datetime import date, timedelta

import pytest

from submissions.workbook.reading.workbook import read
from tests.programs import program
from tests.submissions.fault_catalogue import forge
from tests.submissions.workbook.reading.test_binary_workbook import ALIKE, meanings

NUMBER = 20
FIRMS = "企业明细"

# LibreOffice makes every error that is not the result of a formula #N/A when it saves.
REWRITTEN = {"another error"}


def converted(folder, kind, sources):
    """Return the folder of files that one LibreOffice converts to a kind."""
    out = folder / f"as-{kind}"
    filters = {"xls": "xls:MS Excel 97", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
    subprocess.run(
        [
            program("soffice", "libreoffice-calc-nogui"),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            *("--convert-to", filters[kind], "--outdir", str(out)),
            *map(str, sources),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return out


def book(number):
    """Return a workbook, another for each number: figures, dates, formulas and one oddity."""
    chance = random.Random(number)
    oddities = [edit for words, edit in ALIKE.items() if words not in REWRITTEN]
    oddity = oddities[number % len(oddities)]
    firms = [
        forge.enterprise(
            each,
            name=chance.choice(
                ["示例（环保）有限公司", "ＡＢＣ 环境科技", "𠮷林治水", f"公司{each}"]
            ),
            output_value=round(chance.uniform(0, 1e6), chance.randrange(7)),
            revenue=chance.choice([0, None, "—", "1,234.5", chance.randrange(10**6)]),
            remark=chance.choice([None, "停产检修", "增加：新线投产\n二期在建"]),
        )
        for each in range(1, chance.randint(4, 30))
    ]
    blocks = [
        {
            "content": f"专业园区{each}",
            "planned_on": date(2024, 1, 1) + timedelta(chance.randrange(900)),
            "actual_on": date(2025, 6, 30) if each % 2 else None,
        }
        for each in range(1, 4)
    ]

    def edit(workbook):
        workbook[FIRMS]["H6"] = "=100+7"
        workbook[FIRMS]["G6"] = "=D6*0"
        workbook[FIRMS]["J6"] = '=B6&"：𠮷林说明"'
        oddity(workbook)

    return forge.workbook(enterprises=firms, blocks=blocks, edit=edit)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Twenty .xls that LibreOffice wrote, and what it reads in them, as .xlsx."""
    folder = tmp_path_factory.mktemp("libreoffice")
    sources = [forge.saved(book(n), folder, f"{n:02}.xlsx") for n in range(NUMBER)]
    old = converted(folder, "xls", sources)
    new = converted(folder, "xlsx", sorted(old.iterdir()))
    return old, new


def test_the_values_of_twenty_files_are_those_of_libreoffice(files):
    old, new = files
    names = [f"{number:02}" for number in range(NUMBER)]
    read_here = {name: read(old / f"{name}.xls") for name in names}

    assert {one.form for one in read_here.values()} == {"xls"}
    assert sum(one.lines for one in read_here.values()) > NUMBER * 8
    for name, reading in read_here.items():
        assert meanings(reading) == meanings(read(new / f"{name}.xlsx")), name
