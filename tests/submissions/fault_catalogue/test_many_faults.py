"""500 faults in 2,000 lines: each is found at its cell and annotated there."""

import io

import openpyxl

from submissions.intake.marked_workbook import marked_workbook
from submissions.workbook.annotation.styles import COLOURS
from submissions.workbook.layout import INDEX_SHEET, MARK_SIGN
from tests.submissions.fault_catalogue.many_faults import LINES, NEW, OF_EACH, OLD, file_and_faults


def test_five_hundred_faults_are_found_and_marked_in_their_cells(hand_in_any, city):
    content, expected = file_and_faults(city)
    assert len(expected) == 500 == OF_EACH * len(OLD + NEW)

    submission = hand_in_any(content)

    assert submission.lines == LINES
    # A planted fault may have the rules on trial say more of its line.
    on_trial = set(submission.findings.filter(trial=True).values_list("code", "cell"))
    found = list(submission.findings.filter(trial=False).values_list("code", "cell", "severity"))
    assert {(code, cell) for code, cell, _ in found} == expected
    assert len(found) == 500

    done = marked_workbook(submission)
    assert done.complete
    book = openpyxl.load_workbook(io.BytesIO(done.bytes))
    sheet = book["企业明细"]
    for code, cell, severity in found:
        assert sheet[cell].fill.fgColor.rgb == COLOURS[severity]
        assert MARK_SIGN in sheet[cell].comment.text
        assert f"{code}\n" in sheet[cell].comment.text
    assert sum(1 for row in sheet.iter_rows() for cell in row if cell.comment) == len(
        {cell for _code, cell in expected | on_trial}
    )
    rows = book[INDEX_SHEET].iter_rows(min_row=6, values_only=True)
    assert {(row[1], row[3]) for row in rows} == expected | on_trial
