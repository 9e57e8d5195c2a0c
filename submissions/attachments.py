"""Workbooks and papers on their way to a browser: to be kept, and never shown by it."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from indicators.models.paper import Paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_workbook(content: bytes, name: str) -> HttpResponse:
    """Return a workbook as a download of a name."""
    return as_file(content, name, XLSX)


def as_docx(content: bytes, name: str) -> HttpResponse:
    """Return a document for Word and WPS as a download of a name."""
    return as_file(content, name, DOCX)


def as_frozen(paper: Paper) -> HttpResponse:
    """Return the bytes whose SHA-256 a paper bears, not one more or less."""
    return as_file(paper.content.encode(), f"{paper.number}.json", "application/json")


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file as a download of a name."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
