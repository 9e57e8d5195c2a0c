"""Explanations kept with a figure: facts are added, never overwritten."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from indicators.data import notes
from indicators.models import Note
from tests.factories import make_period

pytestmark = pytest.mark.django_db

ABOUT = "city:370100"


@pytest.fixture
def period():
    return make_period("2025Q3")


@pytest.fixture
def note(officer, period):
    return notes.write(ABOUT, period, "  济南新投产一座焚烧厂。 ", by=officer)


def test_a_note_stands_from_the_moment_it_was_written(note):
    before = note.written_at - timedelta(seconds=1)

    assert notes.notes_at(before) == ()
    (found,) = notes.notes_at(timezone.now())
    assert (found.about, found.text, found.author) == (ABOUT, "济南新投产一座焚烧厂。", "officer")


def test_a_withdrawn_note_is_still_seen_from_a_day_on_which_it_stood(note, officer):
    stood = timezone.now()
    notes.withdraw(note, by=officer)

    assert notes.notes_at(timezone.now()) == ()
    assert len(notes.notes_at(stood)) == 1
    assert Note.objects.get().text == "济南新投产一座焚烧厂。"


def test_withdrawing_twice_keeps_the_first_time(note, officer, admin):
    notes.withdraw(note, by=officer)
    notes.withdraw(note, by=admin)

    assert Note.objects.get().withdrawn_by == officer


def test_only_the_author_and_whoever_answers_for_all_withdraw(note, stranger, official, reviewer):
    for user in (stranger, official):
        with pytest.raises(PermissionDenied):
            notes.withdraw(note, by=user)

    notes.withdraw(note, by=reviewer)
    assert Note.objects.get().withdrawn_by == reviewer


def test_an_official_reads_and_does_not_write(official, period):
    with pytest.raises(PermissionDenied):
        notes.write(ABOUT, period, "Only reads.", by=official)


@pytest.mark.parametrize(
    ("role", "about", "may"),
    [
        ("officer", "city:370100", True),
        ("officer", "target:cluster-output-share", False),
        ("officer", "cluster:jinan", False),
        ("reviewer", "target:cluster-output-share", True),
        ("official", "city:370100", False),
    ],
)
def test_the_province_explains_what_is_of_the_province(request, role, about, may):
    assert notes.may_note(request.getfixturevalue(role), about) is may


def test_the_database_refuses_a_note_that_says_nothing(officer):
    with pytest.raises(IntegrityError):
        Note.objects.create(about=ABOUT, period=make_period("2025Q2"), text="", written_by=officer)


def test_the_database_refuses_a_withdrawal_by_nobody(note):
    with pytest.raises(IntegrityError):
        Note.objects.update(withdrawn_at=timezone.now())
