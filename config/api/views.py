"""
The read-only API, v1: what other systems may rely on.

Numbers that carry money or ratios are decimal strings, never floats. Lists come as JSON, CSV
or XLSX (?format=). Errors are JSON with `detail`. A bureau sees the province's totals and its
own city's enterprises and submissions; another city's are not there.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.security import django_auth

from clusters.viewpoint import Viewpoint, viewpoint_of
from config.api import rows as rows
from config.api.indicator_rows import (
    NESTED,
    IndicatorList,
    IndicatorRow,
    NoteRow,
    indicator_row,
)
from config.api.proof import Proof, proof_of
from enterprises.models import Enterprise
from foundation.exporting import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from indicators.data.disclosure import known_to
from indicators.data.published_notes import notes_about
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_reader import snapshot
from indicators.regions.regional_figures import city_rows, cluster_rows, park_rows
from indicators.results.answer import answer
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import result, scorecard
from submissions.models import Submission

api = NinjaAPI(
    title="311 Tracker",
    version="1",
    description=__doc__,
    auth=django_auth,
    docs_url=None,
    urls_namespace="api-v1",
)


LISTS = ("indicators", "cities", "clusters", "parks", "enterprises", "submissions")


class Format(StrEnum):
    """How a list may come."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def viewpoint(request) -> Viewpoint:
    """Return what ?period= and ?as_of= ask for; an impossible one is answered with 400."""
    try:
        return viewpoint_of(request.GET)
    except ValueError as wrong:
        raise HttpError(400, str(wrong)) from None


def day_of(seen_from: Viewpoint) -> date:
    """Return the day whose state of knowledge an answer shows."""
    return seen_from.as_of or timezone.localdate()


def columns(kind: type[Schema]) -> list[tuple[str, str]]:
    """Return the columns of a file of such rows; a record within a row has one for each field."""
    return [
        (name, inner)
        for name in kind.model_fields
        for inner in (NESTED[name].model_fields if name in NESTED else [""])
    ]


def cell(row: Schema, name: str, inner: str):
    """Return a row's value as a spreadsheet can hold it: a list becomes words."""
    value = getattr(row, name)
    if inner:
        value = getattr(value, inner) if value else None
    if isinstance(value, list):
        return _words(value)
    return str(value).lower() if isinstance(value, bool) else value


def _words(values: list) -> str:
    """Return a list in one cell: codes side by side; explanations a line each."""
    if values and isinstance(values[0], NoteRow):
        return "\n".join(f"{one.text} ({one.by}, {timezone.localdate(one.at)})" for one in values)
    return " ".join(values)


def listed(name: str, answer: Sequence[Schema], kind: type[Schema], wanted: Format):
    """Return a list in the form asked for; a file holds the same rows in the same order."""
    if wanted is Format.JSON:
        return answer
    shown = columns(kind)
    headings = [f"{name}_{inner}" if inner else name for name, inner in shown]
    table = [[cell(row, name, inner) for name, inner in shown] for row in answer]
    if wanted is Format.CSV:
        file = HttpResponse(csv_bytes(headings, table), content_type=CSV_TYPE)
    else:
        file = HttpResponse(xlsx_bytes(name, headings, table), content_type=XLSX_TYPE)
    file["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    return file


@api.get("/", response=dict[str, str], url_name="index")
def index(request):
    """The addresses of the lists, and of the description of this API."""
    return {
        "openapi": reverse("api-v1:openapi-json"),
        **{name: reverse(f"api-v1:{name}") for name in LISTS},
    }


@api.get("/indicators/", response=IndicatorList)
def indicators(request, period: str = "", as_of: str = "", format: Format = Format.JSON):
    """Where every indicator stands, why, and how sure that is; and all of them in a sentence."""
    seen_from = viewpoint(request)
    of, found = snapshot(seen_from), scorecard(seen_from)
    results = [_indicator_row(one, of, seen_from) for one in found]
    if format is Format.JSON:
        return IndicatorList(
            count=len(results), next=None, explanation=answer(found), results=results
        )
    return listed("indicators", results, IndicatorRow, format)


@api.get("/indicators/{code}/", response=IndicatorRow)
def indicator(request, code: str, period: str = "", as_of: str = ""):
    """Where one indicator stands."""
    seen_from = viewpoint(request)
    return _indicator_row(_result_or_404(code, seen_from), snapshot(seen_from), seen_from)


def _result_or_404(code: str, seen_from: Viewpoint) -> IndicatorResult:
    try:
        return result(code, seen_from)
    except KeyError:
        raise HttpError(404, _("There is no such indicator.")) from None


def _indicator_row(found: IndicatorResult, snapshot: Snapshot, seen_from: Viewpoint):
    """Return an indicator's row, with the notes on its figure that stood at the viewpoint."""
    notes = notes_about(snapshot, f"target:{found.code}", seen_from.quarter)
    return indicator_row(found, day_of(seen_from), notes)


@api.get("/indicators/{code}/proof/", response=Proof)
def proof(request, code: str, period: str = "", as_of: str = ""):
    """What one indicator's ranges rest on, cell by cell, and what was concluded from it."""
    seen_from = viewpoint(request)
    found = _result_or_404(code, seen_from)
    own = set(request.cities.values_list("code", flat=True))
    return proof_of(snapshot(seen_from), found, own, day_of(seen_from))


@api.get("/cities/", response=list[rows.CityRow])
def cities(request, period: str = "", as_of: str = "", format: Format = Format.JSON):
    """The sixteen cities' own totals."""
    seen_from = viewpoint(request)
    figures = city_rows(snapshot(seen_from), seen_from.quarter)
    answer = [rows.city_row(one, seen_from.quarter) for one in figures]
    return listed("cities", answer, rows.CityRow, format)


@api.get("/clusters/", response=list[rows.ClusterRow])
def clusters(request, period: str = "", as_of: str = "", format: Format = Format.JSON):
    """The clusters of the plan."""
    seen_from = viewpoint(request)
    figures = cluster_rows(snapshot(seen_from), seen_from.quarter)
    answer = [rows.cluster_row(one, seen_from.quarter) for one in figures]
    return listed("clusters", answer, rows.ClusterRow, format)


@api.get("/parks/", response=list[rows.ParkRow])
def parks(request, period: str = "", as_of: str = "", format: Format = Format.JSON):
    """The characteristic parks."""
    seen_from = viewpoint(request)
    of = snapshot(seen_from)
    figures = park_rows(of, seen_from.quarter, known_to(request))
    answer = [rows.park_row(one, seen_from.quarter) for one in figures]
    return listed("parks", answer, rows.ParkRow, format)


@api.get("/enterprises/", response=list[rows.EnterpriseRow])
def enterprises(
    request, period: str = "", as_of: str = "", city: str = "", format: Format = Format.JSON
):
    """The enterprises of the cities that you may see; ?city= a code or slug."""
    seen_from = viewpoint(request)
    found = Enterprise.objects.in_cities(request.cities)
    if city:
        found = found.filter(Q(city__code=city) | Q(city__slug=city))
    answer = [
        rows.enterprise_row(one, seen_from.quarter) for one in rows.with_figures(found, seen_from)
    ]
    return listed("enterprises", answer, rows.EnterpriseRow, format)


@api.get("/enterprises/{credit_code}/", response=rows.EnterpriseRow)
def enterprise(request, credit_code: str, period: str = "", as_of: str = ""):
    """One enterprise, if it is of a city that you may see."""
    seen_from = viewpoint(request)
    found = rows.with_figures(Enterprise.objects.in_cities(request.cities), seen_from)
    return rows.enterprise_row(get_object_or_404(found, credit_code=credit_code), seen_from.quarter)


@api.get("/submissions/", response=list[rows.SubmissionRow])
def submissions(request, period: str = "", city: str = "", format: Format = Format.JSON):
    """The submissions of the cities that you may see, newest period first."""
    found = Submission.objects.in_cities(request.cities).select_related("city", "period")
    if period:
        found = found.filter(period__code=str(viewpoint(request).quarter))
    if city:
        found = found.filter(Q(city__code=city) | Q(city__slug=city))
    answer = [rows.submission_row(one) for one in found]
    return listed("submissions", answer, rows.SubmissionRow, format)


@api.get("/submissions/{pk}/", response=rows.SubmissionRow)
def submission(request, pk: int):
    """One submission, if it is of a city that you may see."""
    found = Submission.objects.in_cities(request.cities).select_related("city", "period")
    return rows.submission_row(get_object_or_404(found, pk=pk))


# ninja itself answers a request without a sign-in with 401 and JSON; a program cannot use the
# sign-in page. Only the description of the API is left to the sign-in page.
urls = api.urls
for pattern in urls[0]:
    if pattern.name != "openapi-json":
        login_not_required(pattern.callback)
