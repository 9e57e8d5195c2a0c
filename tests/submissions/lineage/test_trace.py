from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from clusters.models import Publication
from submissions.lineage.trace import leave_out_later, sources, trace
from submissions.models import Submission
from submissions.review.actions import accept
from tests.audit.rewritten import rewrite
from tests.factories import make_city, make_period
from tests.submissions.cast import make_row, make_submission

DAY = timedelta(days=1)


@pytest.fixture
def versions(city, period, admin):
    """Two versions of one firm's revenue: in force three days ago, and since yesterday."""
    now = timezone.now()
    accepted = []
    for days, key in ((3, None), (1, "same")):
        submission = make_submission(city, period, status="submitted")
        key = accepted[0].rows.get().key if key else None
        make_row(submission, key=key)
        accepted.append(accept(submission, by=admin, published_at=now - days * DAY))
    return accepted


def find(versions, days, **given):
    known = {"city": versions[0].city, "period": versions[0].period}
    key = versions[0].rows.get().key
    return trace("enterprises", key, **known | given, moment=timezone.now() - days * DAY)


def test_a_figure_leads_to_its_cell_and_file(versions):
    found = find(versions, 0)

    assert found.submission == versions[1]
    assert found.cell("revenue") == "D5"
    assert found.place("revenue") == "企业明细!D5"
    assert found.place("nothing") == "企业明细!5"


def test_an_earlier_moment_leads_to_the_version_of_then(versions):
    assert find(versions, 2).submission == versions[0]
    assert find(versions, 4) is None


def test_the_moment_of_supersession_belongs_to_the_new_version(versions):
    key, city, period = versions[0].rows.get().key, versions[0].city, versions[0].period

    found = trace(
        "enterprises",
        key,
        city=city,
        period=period,
        moment=versions[0].superseded_at or versions[1].published_at,
    )
    assert found.submission == versions[1]


def test_another_period_or_city_has_no_such_figure(versions):
    assert find(versions, 0, period=make_period("2025Q2")) is None
    assert find(versions, 0, city=make_city("370200")) is None


def test_a_version_not_in_force_has_no_trace(city, period):
    submission = make_submission(city, period)
    row = make_row(submission)

    assert trace("enterprises", row.key, city=city, period=period, moment=timezone.now()) is None


def test_what_came_in_later_is_left_out_of_what_was_known_then(versions):
    """Both were recorded just now: two days ago the first was declared, and none was known."""
    of, moment = versions[0], timezone.now() - 2 * DAY
    seen = SimpleNamespace(moment=moment, recorded_by=None)
    assert sources({of.period.code}, seen) == {(of.city.code, of.period.code): of}
    assert sources({of.period.code}, SimpleNamespace(moment=moment, recorded_by=moment)) == {}


def test_a_version_that_only_a_later_one_replaced_still_stood_then(versions):
    """As if the first had been recorded on its declared day."""
    first, second = Publication.objects.order_by("sequence")
    rewrite(Publication.objects.filter(pk=first.pk), recorded_at=first.published_at)
    found = list(Submission.objects.order_by("version"))
    assert found[0].superseded_at == second.published_at
    leave_out_later(found, timezone.now() - DAY / 2)
    assert [(one.published_at, one.superseded_at) for one in found] == [
        (first.published_at, None),
        (None, None),
    ]
