"""
The read-only API, v1: what other systems may rely on.

Numbers that carry money or ratios are decimal strings, never floats. Lists come as JSON, CSV
or XLSX (?format=). JSON comes in pages (?limit=, default 500, at most 5,000; ?offset=) with the
`count` of all rows and the address of the `next` page, but for the indicators, which are one
list; files come whole. ?as_of= a day shows what is known now of it, by the days that figures were
declared for; with ?known=then what was known then: only what had been recorded by its end. Errors
are JSON with `detail`. A bureau sees the province's totals and its own city's enterprises and
submissions; another city's are not there.
"""

from datetime import date
from functools import partial
from typing import Annotated

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import HttpError
from ninja.security import django_auth

from audit.refusals import found_or_404
from clusters.viewpoint import THEN, Viewpoint, viewpoint_of
from config.api import rows as rows
from config.api.indicator_rows import IndicatorRow, Overview, indicator_row
from config.api.lists import Format, ListQuery, Page, file, listed
from config.api.measure_rows import MeasureRow, measure_row, measure_rows
from config.api.proof import Proof, proof_of
from enterprises.models import Enterprise
from indicators.data.disclosure import known_to
from indicators.data.published_notes import notes_about
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_reader import snapshot
from indicators.regions.regional_figures import city_rows, cluster_rows, park_rows
from indicators.results.answer import answer
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import result, scorecard
from measures.plan_ledger import plan_ledger
from submissions.models import Submission

api = NinjaAPI(
    title="311 Tracker",
    version=settings.VERSION,
    description=__doc__,
    auth=django_auth,
    docs_url=None,
    urls_namespace="api-v1",
)


# A city's code or slug; blank is every city.
CityAsked = Annotated[str, Query("", max_length=50, pattern=r"^[-\w]*$")]
# Only such text is asked of a database, which refuses a zero byte.
Code = Annotated[str, Path(pattern=r"^\w+$")]


def viewpoint(request) -> Viewpoint:
    """Return what ?period=, ?as_of= and ?known= ask for; an impossible one is answered with 400."""
    try:
        return viewpoint_of(request.GET)
    except ValueError as wrong:
        raise HttpError(400, str(wrong)) from None


def day_of(seen_from: Viewpoint) -> date:
    """Return the day whose state of knowledge an answer shows."""
    return seen_from.as_of or timezone.localdate()


def reading_of(seen_from: Viewpoint) -> str | None:
    """Return "then" for an answer of what was known then; None for the usual one."""
    return THEN if seen_from.recorded_by else None


@api.get("/overview/", response=Overview)
def overview(request, period: str = "", as_of: str = "", known: str = ""):
    """How all indicators of a quarter's plan stand, in the overview's first sentence."""
    seen_from = viewpoint(request)
    found = scorecard(seen_from)
    return Overview(
        period=str(seen_from.quarter),
        as_of=seen_from.as_of,
        known=reading_of(seen_from),
        explanation=answer(found),
        indicators=[one.code for one in found],
    )


@api.get("/indicators/", response=list[IndicatorRow])
def indicators(
    request, period: str = "", as_of: str = "", known: str = "", format: Format = Format.JSON
):
    """Where every indicator stands, why, and how sure that is."""
    seen_from = viewpoint(request)
    of = snapshot(seen_from)
    results = [_indicator_row(one, of, seen_from) for one in scorecard(seen_from)]
    if format is Format.JSON:
        return results
    return file("indicators", results, IndicatorRow, format)


@api.get("/indicators/{code}/", response=IndicatorRow)
def indicator(request, code: str, period: str = "", as_of: str = "", known: str = ""):
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
def proof(request, code: str, period: str = "", as_of: str = "", known: str = ""):
    """What one indicator's ranges rest on, cell by cell, and what was concluded from it."""
    seen_from = viewpoint(request)
    found = _result_or_404(code, seen_from)
    own = set(request.cities.values_list("code", flat=True))
    return proof_of(snapshot(seen_from), found, own, day_of(seen_from), reading_of(seen_from))


@api.get("/cities/", response=Page[rows.CityRow])
def cities(request, asked: Query[ListQuery], period: str = "", as_of: str = "", known: str = ""):
    """The sixteen cities' own totals."""
    seen_from = viewpoint(request)
    figures = city_rows(snapshot(seen_from), seen_from.quarter)
    row = partial(rows.city_row, quarter=seen_from.quarter)
    return listed(request, "cities", figures, row, rows.CityRow, asked)


@api.get("/clusters/", response=Page[rows.ClusterRow])
def clusters(request, asked: Query[ListQuery], period: str = "", as_of: str = "", known: str = ""):
    """The clusters of the plan."""
    seen_from = viewpoint(request)
    figures = cluster_rows(snapshot(seen_from), seen_from.quarter)
    row = partial(rows.cluster_row, quarter=seen_from.quarter)
    return listed(request, "clusters", figures, row, rows.ClusterRow, asked)


@api.get("/parks/", response=Page[rows.ParkRow])
def parks(request, asked: Query[ListQuery], period: str = "", as_of: str = "", known: str = ""):
    """The characteristic parks."""
    seen_from = viewpoint(request)
    of = snapshot(seen_from)
    figures = park_rows(of, seen_from.quarter, known_to(request))
    row = partial(rows.park_row, quarter=seen_from.quarter)
    return listed(request, "parks", figures, row, rows.ParkRow, asked)


@api.get("/measures/", response=Page[MeasureRow])
def measures(request, asked: Query[ListQuery], period: str = "", as_of: str = "", known: str = ""):
    """The tasks of the quarter's plan that you may see, a row for each step and who answers."""
    seen_from = viewpoint(request)
    tasks = sorted(plan_ledger(request, seen_from), key=lambda row: row.task.number)
    found = list(measure_rows(tasks))
    return listed(request, "measures", found, measure_row, MeasureRow, asked)


@api.get("/enterprises/", response=Page[rows.EnterpriseRow])
def enterprises(
    request,
    asked: Query[ListQuery],
    period: str = "",
    as_of: str = "",
    known: str = "",
    city: CityAsked = "",
):
    """The enterprises of the cities that you may see; ?city= a code or slug."""
    seen_from = viewpoint(request)
    found = Enterprise.objects.in_cities(request.cities)
    if city:
        found = found.filter(Q(city__code=city) | Q(city__slug=city))
    found = rows.with_figures(found, seen_from)
    row = partial(rows.enterprise_row, quarter=seen_from.quarter)
    return listed(request, "enterprises", found, row, rows.EnterpriseRow, asked)


@api.get("/enterprises/{credit_code}/", response=rows.EnterpriseRow)
def enterprise(request, credit_code: Code, period: str = "", as_of: str = "", known: str = ""):
    """One enterprise, if it is of a city that you may see."""
    seen_from = viewpoint(request)
    mine = rows.with_figures(Enterprise.objects.in_cities(request.cities), seen_from)
    found = found_or_404(request, mine, Enterprise.objects, credit_code=credit_code)
    return rows.enterprise_row(found, seen_from.quarter)


@api.get("/submissions/", response=Page[rows.SubmissionRow])
def submissions(request, asked: Query[ListQuery], period: str = "", city: CityAsked = ""):
    """The submissions of the cities that you may see, newest period first."""
    found = _submissions(request)
    if period:
        found = found.filter(period__code=str(viewpoint(request).quarter))
    if city:
        found = found.filter(Q(city__code=city) | Q(city__slug=city))
    return listed(request, "submissions", found, rows.submission_row, rows.SubmissionRow, asked)


def _submissions(request):
    """Return the submissions that a reader may see, with all that their rows need."""
    mine = Submission.objects.in_cities(request.cities).with_recorded_at()
    return mine.select_related("city", "period")


@api.get("/submissions/{pk}/", response=rows.SubmissionRow)
def submission(request, pk: int):
    """One submission, if it is of a city that you may see."""
    found = _submissions(request)
    return rows.submission_row(found_or_404(request, found, Submission.objects, pk=pk))


# ninja itself answers a request without a sign-in with 401 and JSON; a program cannot use the
# sign-in page. Only the description of the API is left to the sign-in page.
urls = api.urls
for pattern in urls[0]:
    if pattern.name != "openapi-json":
        login_not_required(pattern.callback)
