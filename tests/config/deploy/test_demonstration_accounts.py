import pytest
from django.contrib.auth import authenticate

from accounts.models import User
from config.deploy import demonstration_accounts, reference_data
from submissions.refused import Refused
from tests.factories import make_user


@pytest.fixture(autouse=True)
def ready(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.DEMO_PASSWORD = ""
    reference_data.load()


def test_there_are_five_for_the_province_one_for_a_department_and_one_for_each_city():
    accounts = demonstration_accounts.make_accounts()

    assert len(accounts) == 5 + 1 + 16
    assert {
        "admin",
        "admin2",
        "reviewer",
        "official",
        "auditor",
        "jinan",
        "taian",
    } <= accounts.keys()
    assert all(user.is_demonstration for user in accounts.values())
    assert accounts["admin"].is_staff
    assert not accounts["reviewer"].is_staff


def test_a_bureau_has_its_own_city_and_role():
    jinan = demonstration_accounts.make_accounts()["jinan"]

    assert [group.name for group in jinan.groups.all()] == ["bureau"]
    assert [assignment.city.slug for assignment in jinan.assignments.all()] == ["jinan"]
    assert jinan.has_perm("submissions.upload_submission")


def test_the_lead_department_has_its_own_account():
    ecology = demonstration_accounts.make_accounts()["ecology"]

    assert ecology.membership.department.slug == "ecology"
    assert ecology.has_perm("measures.report_task")
    assert not ecology.has_perm("measures.view_task")


def test_all_have_the_password_of_the_environment(settings, rf):
    settings.DEMO_PASSWORD = "taishan-2025"
    demonstration_accounts.make_accounts()

    for name in ("admin", "zibo"):
        assert authenticate(rf.post("/"), username=name, password="taishan-2025")


def test_a_password_is_made_once_and_kept_readable_by_us_only(tmp_path):
    first = demonstration_accounts.password()

    assert len(first) >= 16
    assert demonstration_accounts.password() == first
    assert (tmp_path / "demonstration_password").stat().st_mode & 0o777 == 0o600


def test_making_them_again_changes_the_password_and_adds_nobody(settings):
    demonstration_accounts.make_accounts()
    settings.DEMO_PASSWORD = "another one"
    accounts = demonstration_accounts.make_accounts()

    assert User.objects.count() == 22
    assert accounts["admin"].check_password("another one")


def test_a_real_account_of_the_same_name_is_left_alone():
    make_user("admin", username="admin")

    with pytest.raises(Refused, match="admin"):
        demonstration_accounts.make_accounts()
    assert User.objects.count() == 1


def test_a_start_with_another_password_gives_it_to_all_of_them(settings):
    demonstration_accounts.make_accounts()
    settings.DEMO_PASSWORD = "another one"
    demonstration_accounts.update_password()

    for name in ("admin", "zibo"):
        assert User.objects.get(username=name).check_password("another one")


def test_a_start_with_the_same_password_writes_nothing(django_assert_num_queries):
    demonstration_accounts.make_accounts()

    with django_assert_num_queries(1):
        demonstration_accounts.update_password()


def test_without_a_demonstration_no_password_is_made(tmp_path):
    make_user("official")
    demonstration_accounts.update_password()

    assert demonstration_accounts.names() == []
    assert not (tmp_path / "demonstration_password").exists()
