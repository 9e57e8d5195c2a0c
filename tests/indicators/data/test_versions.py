"""What a target was before: on its page, and when one looks back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clusters.viewpoint import Viewpoint, end_of
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.models import InterimPoint, Target
from indicators.results.version_rows import version_rows
from tests.audit.rewritten import rewrite
from tests.factories import make_cities, make_period, make_target

pytestmark = pytest.mark.django_db
Q3 = Quarter(2025, 3)
CODE = "firms-over-100m"
ENTERED, CHANGED = (datetime(2025, month, 1, 4, tzinfo=UTC) for month in (2, 6))


def seen(as_of=None):
    return snapshot(Viewpoint(Q3, as_of, end_of(as_of) if as_of else datetime.now(UTC)))


@pytest.fixture
def target(admin):
    """At first 300 with a point at 250; then 320 with one at 260, for a reason."""
    make_cities()
    target = make_target(CODE, value="300")
    InterimPoint.objects.create(target=target, period="2024Q4", value="250")
    rewrite(target.history, history_date=ENTERED)
    rewrite(InterimPoint.history, history_date=ENTERED)
    point = target.interim_points.get()
    for one, field, value in ((target, "value", Decimal(320)), (point, "value", Decimal(260))):
        setattr(one, field, value)
        one._history_date, one._history_user, one._change_reason = CHANGED, admin, "省政府调整"
        one.save()
    return Target.objects.get()


@pytest.mark.parametrize(
    ("as_of", "value", "point"),
    [
        pytest.param(None, 320, 260, id="today"),
        pytest.param(date(2025, 6, 1), 320, 260, id="the day of the change"),
        pytest.param(date(2025, 5, 31), 300, 250, id="the day before it"),
        pytest.param(date(2024, 1, 1), 300, 250, id="before anybody had entered it"),
    ],
)
def test_looking_back_shows_the_target_as_it_was(target, as_of, value, point):
    of = seen(as_of)
    assert of.target(CODE, Q3).value == value
    assert of.interim[target.pk] == {Quarter(2024, 4): point}


def test_a_removed_interim_point_is_there_when_one_looks_back(target):
    target.interim_points.get().delete()
    assert seen().interim[target.pk] == {}
    assert seen(date(2025, 7, 1)).interim[target.pk] == {Quarter(2024, 4): 260}


def test_what_changed_with_one_act_is_one_version(target, admin):
    newest, first = version_rows(seen(), CODE, Q3)
    assert (newest.by, newest.reason, newest.at) == (admin.username, "省政府调整", CHANGED)
    assert "320" in newest.goal
    assert [(one.old, one.new) for one in newest.changes] == [("300", "320"), ("250", "260")]
    assert "300" in first.goal
    assert first.changes == ()
    assert not newest.is_later


def test_quarters_are_called_by_their_names(target):
    target.period, target.baseline_period, target.baseline_value = "2026Q4", "2022Q4", 100
    target.save()
    changes = version_rows(seen(), CODE, Q3)[0].changes
    assert ("deadline", "Q4 2025", "Q4 2026") in {(c.field, c.old, c.new) for c in changes}
    assert ("baseline quarter", "—", "Q4 2022") in {(c.field, c.old, c.new) for c in changes}
    moved = version_rows(seen(), CODE, Q3)[1].changes
    assert "interim point Q4 2024" in {one.field for one in moved}


def test_a_change_after_the_day_says_so(target):
    newest, first = version_rows(seen(date(2025, 5, 31)), CODE, Q3)
    assert (newest.is_later, first.is_later) == (True, False)


def test_an_indicator_without_a_target_has_no_versions(target):
    assert version_rows(seen(), "cluster-output-share", Q3) == []


def test_the_page_reads_them_once(target, django_assert_num_queries):
    of = seen()
    with django_assert_num_queries(2):
        version_rows(of, CODE, Q3)
    with django_assert_num_queries(0):
        version_rows(of, CODE, Q3)


def test_the_page_tells_who_and_why_but_not_who_to_the_public(client, official, target, settings):
    settings.PUBLIC_DASHBOARD = True
    address = f"/indicators/{CODE}/?period=2025Q3"
    make_period("2025Q3")
    open_to_all = client.get(address).content.decode()
    assert "省政府调整" in open_to_all
    assert "<td>admin</td>" not in open_to_all
    client.force_login(official)
    assert "<td>admin</td>" in client.get(address).content.decode()
    before = client.get(address + "&as_of=2025-05-31").content.decode()
    assert 'class="notice"' in before
    assert "#versions" in before
