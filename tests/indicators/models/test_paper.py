"""What has been issued is never changed and never deleted: the database itself refuses."""

import pytest
from django.db import IntegrityError, connection, transaction

from indicators.models import Briefing
from tests.submissions.papers.issued_papers import make_assessment, make_briefing

pytestmark = pytest.mark.django_db
MAKE = {"briefing": make_briefing, "assessment": make_assessment}


@pytest.fixture(params=MAKE)
def paper(request):
    return MAKE[request.param]()


@pytest.mark.parametrize("field", ["content", "sha256", "number", "serial", "issued_at"])
def test_no_field_is_ever_changed(paper, field):
    other = paper.issued_at if field == "issued_at" else 7 if field == "serial" else "x"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        type(paper).objects.filter(pk=paper.pk).update(**{field: other})

    there = type(paper).objects.get(pk=paper.pk)
    assert there.is_intact


def test_none_is_ever_deleted(paper):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        paper.delete()
    assert type(paper).objects.filter(pk=paper.pk).exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE indicators_briefing SET content = '{}'",
        "UPDATE indicators_assessment SET content = '{}'",
        "DELETE FROM indicators_briefing",
        "DELETE FROM indicators_assessment",
    ],
)
def test_not_even_past_django(sql):
    make_briefing()
    make_assessment()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_no_serial_is_given_twice():
    one = make_briefing()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_briefing(number="other", plan=one.plan, year=one.year, serial=one.serial)
    assert Briefing.objects.count() == 1


def test_a_hash_that_is_none_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_briefing(sha256="0" * 63)


def test_content_that_was_changed_behind_the_database_is_found_out():
    paper = make_briefing(sha256="0" * 64)

    assert not paper.is_intact
