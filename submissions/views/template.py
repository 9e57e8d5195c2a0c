from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusters.models import City, ReportingPeriod
from foundation.language import in_chinese, quarter_name
from submissions.attachments import as_workbook
from submissions.deadlines.obligations import default_period, ended_periods
from submissions.intake.prefill import facts_for
from submissions.workbook.template.writer import template as workbook_of


@require_safe
def template(request) -> HttpResponse:
    """Download the pre-filled workbook of a city and a period."""
    city = city_or_404(request)
    period = period_or_404(request)
    name = f"{city.name}{quarter_name(period.quarter) if in_chinese() else period.code}.xlsx"
    return as_workbook(workbook_of(facts_for(city, period)), name)


def city_or_404(request) -> City:
    """Return the requested city, by code or slug, else the user's only city. Raises Http404."""
    asked = request.GET.get("city", "")
    cities = request.cities.filter(Q(code=asked) | Q(slug=asked)) if asked else request.cities
    found = list(cities[:2])
    if len(found) != 1:
        named = City.objects.filter(Q(code=asked) | Q(slug=asked))
        request.out_of_scope = named.first() if asked else None
        raise Http404(_("Say of which city: ?city=370100."))
    return found[0]


def period_or_404(request) -> ReportingPeriod:
    """Return the requested period, else the newest ended one that is owed. Raises Http404."""
    if asked := request.GET.get("period", ""):
        period = ReportingPeriod.objects.filter(code=asked).first()
    else:
        period = default_period(ended_periods(timezone.now()))
    if period is None:
        raise Http404(_("%(period)s is not a reporting period.") % {"period": asked})
    return period
