"""The fixture of the tests of annotations."""

import pytest

from submissions.workbook.annotation.marking import marked
from tests.submissions.fault_catalogue import forge


@pytest.fixture
def mark_file(tmp_path):
    """Return a function: the marked workbook of some bytes, and where it was saved."""

    def do(content, *marks, name="报表.xlsx"):
        done = marked(forge.saved(content, tmp_path, name), marks)
        return done, forge.saved(done.bytes, tmp_path, "marked.xlsx")

    return do
