"""Every command of ours tells what it does, in the language of its user."""

import re

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.utils.translation import override

OURS = {
    name: app
    for name, app in get_commands().items()
    if app in {"accounts", "enterprises", "indicators", "submissions", "config"}
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def help_of(name):
    """What `manage.py name --help` prints."""
    command = load_command_class(OURS[name], name)
    return command.create_parser("manage.py", name).format_help()


def test_the_commands_are_found():
    assert {"setup", "print_briefing", "check_return", "add_user", "keep_forecasts"} <= OURS.keys()
    assert set(OURS.values()) <= {config.name for config in apps.get_app_configs()}


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_command_says_what_it_does(name):
    with override("en"):
        told = help_of(name)
        described = str(load_command_class(OURS[name], name).help)
    assert described
    assert "".join(described.split()) in "".join(told.split())


@pytest.mark.parametrize("name", sorted(OURS.keys() - {"makemessages"}))
def test_a_command_says_it_in_chinese_too(name):
    with override("zh-hans"):
        told = help_of(name)
        described = load_command_class(OURS[name], name).help
    assert CHINESE.search(described)
    assert "".join(described.split()) in "".join(told.split())
