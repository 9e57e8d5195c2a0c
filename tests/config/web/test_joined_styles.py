"""One style sheet of all components, found wherever static files are looked for."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from config.web import joined_styles
from config.web.joined_styles import JOINED, JoinedStyles, joined


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """A folder for the data, and two components."""
    settings.DATA_DIR = tmp_path / "data"
    components = tmp_path / "components"
    components.mkdir()
    (components / "b.css").write_text(".b {}\n")
    (components / "a.css").write_text(".a {}\n")
    monkeypatch.setattr(joined_styles, "COMPONENTS", components)
    return components


def test_every_component_is_in_it_by_name(folder):
    assert Path(JoinedStyles().find(JOINED)).read_text() == ".a {}\n\n.b {}\n"
    assert JoinedStyles().find(JOINED, find_all=True) == [JoinedStyles().find(JOINED)]


def test_a_change_is_found_at_once(folder):
    finder = JoinedStyles()
    finder.find(JOINED)
    (folder / "a.css").write_text(".new {}\n")
    (folder / "b.css").unlink()

    assert Path(finder.find(JOINED)).read_text() == ".new {}\n"


def test_it_is_written_only_when_it_changes(folder):
    finder = JoinedStyles()
    before = Path(finder.find(JOINED)).stat()
    assert Path(finder.find(JOINED)).stat().st_ino == before.st_ino


def test_it_finds_nothing_else(folder):
    assert JoinedStyles().find("css/base.css") == []


def test_django_finds_the_file_of_the_product():
    assert Path(finders.find(JOINED)).read_text() == joined()
    assert ".verdict" in joined()


def test_it_is_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / JOINED).read_text() == joined()
