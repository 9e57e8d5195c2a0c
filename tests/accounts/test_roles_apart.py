"""Roles that exclude each other: refused whoever adds them, a shell too."""

from itertools import combinations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.roles import ONE_OF_THESE, ROLES
from tests.factories import make_group, make_user

APART = sorted(ONE_OF_THESE & ROLES.keys())


@pytest.mark.django_db
@pytest.mark.parametrize("pair", [*combinations(APART, 2)])
def test_an_account_does_not_hold_two_of_them(pair):
    first, other = (make_group(key) for key in pair)
    user = make_user(pair[0])
    for add in (
        lambda: user.groups.add(other),
        lambda: user.groups.set([first, other]),
        lambda: other.user_set.add(user),
    ):
        with pytest.raises(ValidationError), transaction.atomic():
            add()
    assert list(user.groups.all()) == [first]


@pytest.mark.django_db
def test_one_is_exchanged_for_another_and_beside_them_others_are_held():
    user = make_user("bureau")
    user.groups.set([make_group("reviewer"), make_group("official")])
    assert {group.name for group in user.groups.all()} == {"reviewer", "official"}
