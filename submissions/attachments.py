"""Responses that download a workbook or paper: saved by the browser, never shown inline."""

from django.http import HttpResponse

from foundation.exporting import XLSX_TYPE, attachment
from indicators.models.paper import Paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_workbook(content: bytes, name: str) -> HttpResponse:
    """Return an .xlsx as a download with this file name."""
    return attachment(content, name, XLSX_TYPE)


def as_docx(content: bytes, name: str) -> HttpResponse:
    """Return a .docx as a download with this file name."""
    return attachment(content, name, DOCX)


def as_frozen(paper: Paper) -> HttpResponse:
    """Return exactly the bytes of an issued paper's SHA-256, as a .json download."""
    return attachment(paper.content.encode(), f"{paper.number}.json", "application/json")
