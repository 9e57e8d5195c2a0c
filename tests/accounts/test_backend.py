import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from accounts.backend import PermissionsWithUser
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def backend():
    return PermissionsWithUser()


def test_permissions_of_role_and_person_come_with_the_user(
    backend, officer, django_assert_num_queries
):
    officer.user_permissions.add(Permission.objects.get(codename="backfill_submission"))

    with django_assert_num_queries(1):
        user = backend.get_user(officer.pk)
        assert user == officer
        assert user.has_perm("submissions.upload_submission")
        assert user.has_perm("submissions.backfill_submission")
        assert not user.has_perm("submissions.review_submission")


@pytest.mark.parametrize("role", ["officer", "reviewer", "official", "admin"])
def test_they_are_those_that_django_would_find(backend, request, role):
    user = request.getfixturevalue(role)

    assert backend.get_user(user.pk).get_all_permissions() == user.get_all_permissions()


def test_nobody_else_may_anything(backend, officer):
    assert backend.get_user(0) is None
    assert backend.get_all_permissions(AnonymousUser()) == set()
    assert backend.get_user(make_user().pk).get_all_permissions() == set()

    officer.is_active = False
    officer.save()
    assert backend.get_user(officer.pk) is None


def test_a_superuser_may_everything(backend):
    boss = make_user(is_superuser=True)

    found = backend.get_user(boss.pk).get_all_permissions()
    assert len(found) == Permission.objects.count()


def test_a_permission_is_never_of_a_single_object(backend, officer, city):
    user = backend.get_user(officer.pk)

    assert not user.has_perm("submissions.upload_submission", city)
