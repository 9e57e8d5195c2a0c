"""What the demonstration's cities tell of their enterprises, as rows: without its workbooks."""

from collections import defaultdict
from decimal import Decimal
from functools import cache

from clusters.models import CityReturn, Publication
from enterprises.models import Enterprise, EnterpriseReturn
from indicators.formulas.count_record import FigureVersion
from indicators.formulas.firm_figures import FirmFigure
from submissions.demonstration import province, story, totals
from tests.factories import CITIES, make_cities, make_city, make_clusters, make_period, make_target


@cache
def accepted(due):
    """
    Every accepted version in order: city, quarter, when, until when, lines.

    due is pairs of a quarter and the day its workbooks are due.
    """
    every = [one for one in story.versions(dict(due)) if not one.reason]
    rows = []
    for n, one in enumerate(every):
        same = [v for v in every[n + 1 :] if (v.city, v.quarter) == (one.city, one.quarter)]
        until = same[0].decided_at if same else None
        told = story.lines(one.city, one.quarter, one.number)
        rows.append((one.city, one.quarter, one.decided_at, until, told))
    return rows


def versions(due):
    """The same as the pure record wants it: versions of figures, and when the cities came."""
    found, came = {}, defaultdict(dict)
    for city, quarter, since, until, told in accepted(due):
        came[quarter].setdefault(city, since)
        for line in told:
            figure = FirmFigure(city, line.revenue, line.revenue_last_year)
            by_quarter = found.setdefault(line.firm.number, {})
            by_quarter.setdefault(quarter, []).append(FigureVersion(figure, since, until))
    return found, dict(came)


def write_story():
    """Put all of it in force in the database: enterprises, their returns, the publications."""
    cities = {city.code: city for city in make_cities()}
    make_clusters()
    make_target("firms-over-100m")
    periods = {quarter: make_period(str(quarter)) for quarter in story.quarters()}
    due = tuple((quarter, period.due_on) for quarter, period in periods.items())
    firms = {
        firm.number: Enterprise(
            credit_code=firm.credit_code, name=f"示例企业{firm.number}", city=cities[code]
        )
        for code in CITIES
        for firm in province.firms_of(code)
    }
    Enterprise.objects.bulk_create(firms.values())
    returns = []
    for city, quarter, since, until, told in accepted(due):
        Publication.objects.append(city=cities[city], period=periods[quarter], published_at=since)
        returns += [
            EnterpriseReturn(
                enterprise=firms[line.firm.number],
                city=cities[city],
                period=periods[quarter],
                revenue=line.revenue,
                revenue_last_year=line.revenue_last_year,
                published_at=since,
                superseded_at=until,
            )
            for line in told
        ]
    EnterpriseReturn.objects.bulk_create(returns, batch_size=500)


def write_both_targets():
    """Put the cities' own totals in force beside, and set the target of the share."""
    write_story()
    make_target("cluster-output-share", baseline_value=Decimal("0.4644"), baseline_period="2022Q4")
    periods = {quarter: make_period(str(quarter)) for quarter in story.quarters()}
    due = tuple((quarter, period.due_on) for quarter, period in periods.items())
    for city, quarter, since, until, told in accepted(due):
        before = story.truth(city, quarter.year_earlier())
        CityReturn.objects.create(
            city=make_city(city),
            period=periods[quarter],
            output_value=totals.city_totals(city, told).output_value,
            output_value_last_year=totals.city_totals(city, before).output_value,
            published_at=since,
            superseded_at=until,
        )
