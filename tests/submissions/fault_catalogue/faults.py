"""
Helpers for tests of the fault catalogue.

    @pytest.mark.parametrize(("content", "name", "expected"), [fault("F-08", "cut", make, "E102")])

makes a test with the fault's id in its own id; test_fault_ids.py requires one for each.
"""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.models import Submission


def fault(
    ids: str, words: str, content: Callable[[], bytes] | bytes, *expected: str, name="报表.xlsx"
):
    """Return the parameters of one fault: its file, the file's name, the expected findings."""
    return pytest.param(content, name, [*expected], id=f"{ids} {words}")


def made(content: Callable[[], bytes] | bytes) -> bytes:
    """Return a file; slow ones are created by the test that needs them."""
    return content() if callable(content) else content


def said(submission: Submission) -> list[str]:
    """Return the findings as "E146 D6", or "E102" without a cell; each once."""
    found = submission.findings.values_list("code", "cell")
    return sorted({f"{code} {cell}".rstrip() for code, cell in found})


def sent(content: bytes, name: str = "报表.xlsx") -> SimpleUploadedFile:
    """Return a file as a form sends it."""
    return SimpleUploadedFile(name, content)
