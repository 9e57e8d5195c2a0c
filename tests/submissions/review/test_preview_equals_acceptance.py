"""The preview of any submission is the scorecard after its acceptance, or the same refusal."""

from collections import Counter
from dataclasses import fields
from random import Random

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from clusters.viewpoint import Viewpoint
from enterprises.models import Enterprise
from indicators.data import snapshot_reader
from indicators.data.snapshot_after import snapshot_after
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import scorecard
from submissions.refused import Refused
from submissions.review.preview import preview, unpublished
from tests.depth import examples
from tests.submissions.review.random_province import RandomProvince

pytestmark = pytest.mark.django_db

# They name the moment of publication itself.
OF_THE_MOMENT = {"updated_at"}
# Asked late: what they return is compared.
ASKED = {"scored", "projection_scored"}
QUARTERS = ("2024Q4", "2025Q2", "2025Q3", "2025Q4")
NAMES = [one.name for one in fields(IndicatorResult) if one.name not in OF_THE_MOMENT]

# Of all submissions that were tried: a property of nothing but refusals proves nothing.
tried = Counter()


def seen(results, last_firm):
    """Return everything of results; enterprises that have joined have the order as their key."""
    return [{name: said(one, name, last_firm) for name in NAMES} for one in results]


def said(result, name, last_firm):
    value = getattr(result, name)
    if name in ASKED:
        return value()
    if name == "prospects":
        return [
            (as_order(one.enterprise_id, last_firm), one.city, one.cumulative, one.outlook)
            + (one.registered, one.park)
            for one in value
        ]
    return value


def as_order(firm, last_firm):
    """Return a firm's key; of those that have joined, None: a sequence may skip numbers."""
    return firm if firm <= last_firm else None


def held(snapshot, last_firm):
    """Return what a snapshot holds of returns, the register and publications."""
    return {
        "shown": list(snapshot.first_shown),
        "totals": dict(snapshot.city_totals),
        "lines": dict(snapshot.lines),
        "parks": dict(snapshot.park_totals),
        "over": {
            (line, quarter): Counter((as_order(f, last_firm), code) for f, code in firms.items())
            for line, by_quarter in snapshot.over_by_line.items()
            for quarter, firms in by_quarter.items()
            if firms
        },
        "restated": (snapshot.restated.cities, snapshot.restated.parks, snapshot.restated.over),
        "register": (dict(snapshot.registered), snapshot.pending),
    }


def outcome(act):
    """Return what an act gives, or the words with which it is refused."""
    try:
        return act()
    except Refused as refusal:
        return str(refusal)


def now(quarter):
    return scorecard(Viewpoint(quarter, None, timezone.now()))


def current(quarter):
    return snapshot_reader.snapshot(Viewpoint(quarter, None, timezone.now()))


def test_the_preview_is_what_acceptance_makes():
    """A seed and not strategies: a province takes hundreds of choices."""
    tried.clear()

    @settings(max_examples=examples(15))
    @given(st.integers(0, 2**64))
    def tries(seed):
        with transaction.atomic():
            snapshot_reader.forget()
            cache.clear()
            compare(RandomProvince(Random(seed)))
            transaction.set_rollback(True)

    tries()
    assert tried["accepted"] > tried["refused"]
    assert tried["other results"] > tried["accepted"] / 2
    assert all(tried[kind] for kind in ("refused", "restating", "joining", "moved here", "scored"))


def compare(province):
    province.report_the_past()
    city, code = province.chance.choice(province.cities), province.chance.choice(QUARTERS)
    if province.some(40):
        earlier = province.submit(city, province.periods[code])
        tried["restating"] += not isinstance(outcome(lambda: province.accept(earlier)), str)
    submission = province.submit(city, province.periods[code])
    quarter = submission.period.quarter
    last_firm = Enterprise.objects.aggregate(last=Max("pk"))["last"]
    before = now(quarter)

    found = outcome(lambda: preview(submission))
    supposed = None
    if not isinstance(found, str):
        new = unpublished(submission)
        supposed = snapshot_after(current(quarter), new)
    after = outcome(lambda: province.accept(submission))
    if isinstance(after, str):
        tried["refused"] += 1
        assert found == after
        return
    then = now(quarter)
    tried["accepted"] += 1
    tried["other results"] += seen(before, 0) != seen(then, 0)
    tried["moved here"] += bool(new.ending)
    tried["joining"] += Enterprise.objects.filter(pk__gt=last_firm).exists()
    tried["scored"] += any(one.scored() or one.projection_scored() for one in then)
    assert supposed is not None, found
    assert held(supposed, last_firm) == held(current(quarter), last_firm)
    assert seen([one.now for one in found], last_firm) == seen(before, last_firm)
    assert seen([one.then for one in found], last_firm) == seen(then, last_firm)
