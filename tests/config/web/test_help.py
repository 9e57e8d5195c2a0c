"""Help: each role's tasks in steps, with pictures that `make pictures` takes."""

import re

import pytest
from django.conf import settings
from django.utils.html import escape

from accounts.roles import ROLES
from config.web.help_texts.roles import TASKS
from tests.pictures import EVERY, MOST_BYTES

PICTURES = settings.BASE_DIR / "static" / "pictures"
# A table with one row weighs three times as much.
LEAST_BYTES = 2_000
USED = {task.picture for tasks in TASKS.values() for task in tasks if task.picture}
IN_README = re.compile(r"static/pictures/([\w-]+)\.webp")
pytestmark = pytest.mark.django_db


def test_there_is_help_for_every_role():
    assert TASKS.keys() == ROLES.keys()


def test_it_is_open_to_whoever_cannot_sign_in(client):
    content = client.get("/help/").content.decode()
    for key in ROLES:
        assert f'href="/help/{key}/"' in content
        assert client.get(f"/help/{key}/").status_code == 200


def test_readers_are_shown_which_role_is_theirs(client, officer):
    client.force_login(officer)
    [bureau] = re.findall(
        r"<li>(?:(?!</li>).)*This is your role", client.get("/help/").content.decode(), re.S
    )
    assert "/help/bureau/" in bureau


@pytest.mark.parametrize("key", ROLES)
def test_each_task_has_its_steps_and_a_picture_that_is_told_in_words_too(client, key):
    content = client.get(f"/help/{key}/").content.decode()
    for task in TASKS[key]:
        assert escape(str(task.title)) in content
        assert all(escape(str(step)) in content for step in task.steps)
        if task.picture:
            assert f"pictures/{task.picture}" in content
            assert f'alt="{escape(str(task.shows))}"' in content


def test_an_unknown_role_is_not_there(client):
    assert client.get("/help/nobody/").status_code == 404


def test_the_foot_of_every_page_leads_there(client, official):
    assert 'href="/help/"' in client.get("/accounts/login/").content.decode()
    client.force_login(official)
    assert 'href="/help/"' in client.get("/").content.decode()


def test_the_pictures_are_those_that_are_taken_and_none_is_left_over():
    readme = IN_README.findall((settings.BASE_DIR / "README.md").read_text())
    assert {picture.name for picture in EVERY} == {path.stem for path in PICTURES.iterdir()}
    assert {picture.name for picture in EVERY} == USED | set(readme)


def test_no_picture_is_heavy_or_blank():
    weights = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert all(LEAST_BYTES <= weight <= MOST_BYTES for weight in weights.values()), weights
