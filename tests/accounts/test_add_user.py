import io
import re

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.one_time_password import one_time_password
from clusters.models import City
from tests.measures.cast import make_department

pytestmark = pytest.mark.django_db


def add_user(*arguments, stdin=None, monkeypatch=None):
    if stdin is not None:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    out = io.StringIO()
    call_command("add_user", *arguments, stdout=out)
    return out.getvalue()


def test_a_one_time_password_is_printed_and_must_be_changed():
    said = add_user("li.wei", "--role", "official")
    user = User.objects.get(username="li.wei")
    password = re.search(r"One-time password: (\S+)", said)[1]
    assert user.check_password(password)
    assert user.must_change_password
    assert not user.is_staff
    assert [group.name for group in user.groups.all()] == ["official"]


def test_a_password_from_standard_input_is_not_printed_nor_to_be_changed(monkeypatch):
    said = add_user(
        "li.wei",
        *("--role", "reviewer", "--password-stdin"),
        stdin="quiet harbour 8\r\n",
        monkeypatch=monkeypatch,
    )
    user = User.objects.get(username="li.wei")
    assert user.check_password("quiet harbour 8")
    assert not user.must_change_password
    assert "quiet harbour" not in said


def test_a_bureau_gets_its_city(city):
    add_user("jinan", "--role", "bureau", "--city", "jinan")
    user = User.objects.get(username="jinan")
    assert [assignment.city for assignment in user.assignments.all()] == [city]


def test_a_department_gets_its_membership():
    make_department()
    add_user("li.wei", "--role", "department", "--department", "ecology")
    user = User.objects.get(username="li.wei")
    assert user.membership.department.slug == "ecology"
    assert user.has_perm("measures.report_task")


def test_an_admin_enters_the_admin_site_and_may_what_the_role_says():
    add_user("keeper", "--role", "admin")
    user = User.objects.get(username="keeper")
    assert user.is_staff
    assert not user.is_superuser
    assert user.has_perm("enterprises.import_enterprise")


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x", "--role", "bureau"], "A bureau needs its city"),
        (["x", "--role", "bureau", "--city", "nowhere"], "There is no city nowhere. Cities: jinan"),
        (["x", "--role", "official", "--city", "jinan"], "only for a bureau"),
        (["x", "--role", "department"], "Departments: none yet: run manage.py setup first"),
        (["x", "--role", "department", "--department", "nowhere"], "--department SLUG"),
        (["x", "--role", "official", "--department", "ecology"], "only for the role department"),
    ],
)
def test_wrong_arguments_end_with_2_and_words(arguments, words):
    with pytest.raises(CommandError, match=words) as refused:
        add_user(*arguments)
    assert refused.value.returncode == 2
    assert not User.objects.exists()


def test_without_cities_the_next_step_is_named():
    with pytest.raises(CommandError, match=r"run manage\.py setup first"):
        add_user("x", "--role", "bureau", "--city", "jinan")
    assert not City.objects.exists()


@pytest.mark.parametrize("name", ["admin", "Admin", "ＡＤＭＩＮ", " admin "])
def test_a_name_that_looks_like_one_there_is_is_refused(admin, name):
    with pytest.raises(CommandError) as refused:
        add_user(name, "--role", "official")
    assert refused.value.returncode == 1
    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["", "a b", "x\n", "a" * 151, "a\0b"])
def test_a_name_that_is_none_is_refused_or_corrected(name):
    if name == "x\n":
        add_user(name, "--role", "official")
        assert User.objects.get().username == "x"
    else:
        with pytest.raises(CommandError):
            add_user(name, "--role", "official")


@pytest.mark.parametrize("password", ["", "short", "12345678901", "password123"])
def test_a_weak_password_is_refused(monkeypatch, password):
    with pytest.raises(CommandError) as refused:
        add_user(
            "li.wei",
            *("--role", "official", "--password-stdin"),
            stdin=password,
            monkeypatch=monkeypatch,
        )
    assert refused.value.returncode == 1
    assert not User.objects.exists()


def test_one_time_passwords_differ_and_pass_our_own_rules():
    made = {one_time_password() for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password) for password in made)
