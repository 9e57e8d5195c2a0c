"""
Every fault of the catalogue has a test that names it, and no test names a fault there is not.

A test names a fault at the beginning of its docstring or of a parameter's id, or as
pytest.mark.fault("F-47").
"""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]

# id -> what it is, in short
FAULTS = {
    "F-01": "zip bomb",
    "F-01b": "a directory that lies about sizes",
    "F-01c": "an oddly built package",
    "F-02": "billion laughs",
    "F-03": "an entity that asks for our files",
    "F-04": "a dimension too large",
    "F-05": "a dimension too small, as WPS writes it",
    "F-06": "a stray cell far away",
    "F-07": "a million formatted empty rows",
    "F-08": "a truncated file",
    "F-09": "nothing, one byte, random bytes",
    "F-10": "too large a file, whatever it says of its length",
    "F-11": "a web page or XML of 2003 named .xls",
    "F-12": "a name that says something else",
    "F-13": "macros, references to other files, OLE, DDE",
    "F-14": "a password",
    "F-15": "another type of file",
    "F-16": "a package that is no workbook, or without worksheets",
    "F-17": "an old workbook (.xls, .et): read like an .xlsx, damaged ones refused",
    "F-20": "the encodings of a csv",
    "F-21": "bytes that do not decode",
    "F-22": "two encodings in one file",
    "F-23": "delimiters, quotation marks, ragged rows, NUL",
    "F-24": "characters that cannot be seen",
    "F-30": "titles, two-line headings, pages, totals, notes",
    "F-31": "merged data cells",
    "F-32": "headings changed, missing, twice, in another order",
    "F-33": "several sheets, another one active",
    "F-34": "hidden sheets, rows, columns",
    "F-35": "another template",
    "F-36": "an empty form",
    "F-37": "too many rows, columns, sheets",
    "F-40": "a credit code stored as a number",
    "F-41": "a credit code with another character",
    "F-42": "a formula without its result",
    "F-43": "an error cell",
    "F-44": "numbers written as text",
    "F-45": "numbers that are none, or too exact",
    "F-46": "dates",
    "F-46b": "TRUE, rich text, pictures in cells",
    "F-46c": "blank, zero, deleted",
    "F-47": "two people at once",
    "F-48": "a double click",
    "F-49": "an upload cut half-way",
    "F-50": "the database gone",
    "F-51": "a worker killed",
    "F-52": "a child that crashes, hangs, prints without end",
    "F-53": "a full disk",
    "F-54": "rights or period taken away meanwhile",
    "F-55": "acts out of order",
    "F-56": "a deployment in the middle",
    "F-57": "a clock that jumps back",
    "F-58": "a backup restored in the middle of a quarter",
    "F-59": "an embedded database that cannot be written",
    "M-01": "an enterprise twice",
    "M-02": "an unknown enterprise",
    "M-03": "an enterprise of another city",
    "M-04": "another name than the registered one",
    "M-05": "another period",
    "M-06": "another unit",
    "M-07": "a cumulative figure that fell",
    "M-08": "figures that contradict each other",
    "M-09": "an enterprise that is missing now",
    "M-10": "the file of last quarter again",
    "M-11": "a task that is not the city's",
    "M-12": "a report on a task that contradicts itself or the ledger",
}
ID = r"[FM]-[0-9]{2}[a-z]?"
IDS = re.compile(rf"{ID}(?:, {ID})*(?![\w-])")


def named_in(source: str) -> set[str]:
    """Return the ids with which texts of a test file begin."""
    texts = (
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    found = (match[0] for text in texts if (match := IDS.match(text.strip())))
    return {each for ids in found for each in ids.split(", ")}


NAMED = {
    fault: path.name
    for path in sorted(TESTS.rglob("test_*.py"))
    if path.name != Path(__file__).name
    for fault in named_in(path.read_text())
}


def test_every_fault_has_a_test():
    assert {fault: words for fault, words in FAULTS.items() if fault not in NAMED} == {}


def test_no_test_is_of_a_fault_that_is_not_in_the_catalogue():
    assert set(NAMED) <= set(FAULTS)


def test_a_text_that_mentions_a_fault_further_on_does_not_count():
    source = '"""F-01, F-02: a test"""\nx = ["unlike F-03", "F-04xy", pytest.mark.fault("F-05")]'

    assert named_in(source) == {"F-01", "F-02", "F-05"}
