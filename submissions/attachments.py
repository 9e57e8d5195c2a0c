"""Responses that download a workbook or paper: saved by the browser, never shown inline."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from indicators.models.paper import Paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_workbook(content: bytes, name: str) -> HttpResponse:
    """Return an .xlsx as a download with this file name."""
    return as_file(content, name, XLSX)


def as_docx(content: bytes, name: str) -> HttpResponse:
    """Return a .docx as a download with this file name."""
    return as_file(content, name, DOCX)


def as_frozen(paper: Paper) -> HttpResponse:
    """Return exactly the bytes of an issued paper's SHA-256, as a .json download."""
    return as_file(paper.content.encode(), f"{paper.number}.json", "application/json")


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a download with this file name and content type."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
