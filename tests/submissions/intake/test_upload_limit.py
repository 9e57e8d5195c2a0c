import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from submissions.intake import upload_limit
from submissions.workbook import limits


def posted(size, **given):
    """A request with a file of a size and, after it, another field."""
    request = RequestFactory().post(
        "/submissions/new/", {"file": SimpleUploadedFile("a.xlsx", b"0" * size), "period": "2025Q3"}
    )
    request.META |= given
    return request


def test_a_file_within_the_limit_comes_through_whole():
    request = posted(limits.FILE_SIZE)

    assert request.FILES["file"].size == limits.FILE_SIZE
    assert not hasattr(request, "upload_too_large")
    request.close()


def test_over_the_limit_the_file_is_discarded_and_the_form_still_read():
    request = posted(limits.FILE_SIZE + 1)

    assert request.POST["period"] == "2025Q3"
    assert not request.FILES
    assert request.upload_too_large


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(upload_limit, "PATIENCE", 1000)


def test_far_over_the_limit_the_connection_is_closed(impatient):
    request = posted(2000)

    assert not request.FILES
    assert request.upload_too_large
    assert "period" not in request.POST
