"""What this floor offers to the pages of the floors below."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.db.models import Exists, OuterRef
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from clusters.models import City, ReportingPeriod
from submissions import obligations, trace

register = template.Library()

WAN = Decimal(10_000)
CENT = Decimal("0.01")


@register.inclusion_tag("submissions/_returns_due.html", takes_context=True)
def returns_due(context):
    """
    Show how complete the viewpoint's period is: every city with its state, n of 16 accepted.

    Everybody may know who has reported; only the reader's own cities are linked. Three
    queries.
    """
    request = context["request"]
    viewpoint = request.viewpoint
    period = ReportingPeriod.objects.filter(code=str(viewpoint.quarter)).first()
    cities = list(
        City.objects.annotate(mine=Exists(request.cities.filter(pk=OuterRef("pk")))).order_by(
            "code"
        )
    )
    owed = obligations.obligations(cities, [period] if period else [], viewpoint.moment)
    return {
        "period": viewpoint.quarter,
        "owed": owed,
        "accepted": obligations.counts(owed)[obligations.State.ACCEPTED],
        "linked": [city.pk for city in cities if city.mine],
    }


@register.inclusion_tag("submissions/_figure_trace.html", takes_context=True)
def figure_trace(context, kind, key, city, period, moment, field=""):
    """
    Show from which submission and cell a figure comes, if the reader may see that city.

    One query for all figures of one thing (kind, key, city) on a page, whatever their
    periods. field names the column, such as revenue; without it the place is the row.
    """
    request = context["request"]
    # On the request, because an include begins another render context.
    cache = request.__dict__.setdefault("submission_traces", {})
    about = (kind, key, city.pk)
    if about not in cache:
        rows = trace.rows_about(kind, key, city)
        cache[about] = list(rows.filter(submission__city__in=request.cities))
    found = trace.pick(cache[about], period, moment)
    return {"trace": found, "place": found.place(field) if found else ""}


@register.simple_tag
def figure(value, money):
    """Return a figure in words: money in 万元, a count as it is, or "not reported"."""
    if value is None:
        return _("not reported")
    if not money:
        return number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True)
    # Django cuts decimals off where people round.
    amount = (value / WAN).quantize(CENT, ROUND_HALF_UP)
    return _("%(amount)s ten thousand yuan") % {
        "amount": number_format(amount, decimal_pos=2, use_l10n=True, force_grouping=True)
    }


@register.filter
def first_few(items, number):
    """Return the first few of a list."""
    return items[:number]
