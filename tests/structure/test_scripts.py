"""Our scripts: modules of one style, without globals, found under their hashed names."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import engines
from django.template.loader import render_to_string
from django.test import override_settings

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))
# Runs before anything is painted, which a module cannot.
CLASSIC = {"theme.js"}
# As in production, but for compression, which changes no name and takes minutes.
MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"

every_script = pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)


@every_script
def test_a_script_makes_no_global(path):
    text = path.read_text()

    assert not re.search(r"(window|globalThis|self)\.\w+ = ", text)
    assert not re.search(r"^\s*var\s", text, re.M)
    if path.name in CLASSIC:
        # All its names are those of one block.
        code = re.sub(r"^//.*\n", "", text, flags=re.MULTILINE)
        assert re.fullmatch(r"\{\n(( .*)?\n)*\}\n", code)


@every_script
def test_a_script_imports_only_what_the_page_gives_the_address_of(path):
    """A name in a script is not the hashed one: the page's data attributes have that."""
    assert not re.search(
        r"""^\s*import\b(?!\()|\bfrom\s*["']|import\(\s*["'`]""", path.read_text(), re.M
    )


def test_pages_load_every_script_as_a_module_but_the_one_that_must_be_first():
    pages = "\n".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    loaded = re.findall(r'<script([^>]*)src="{% static "js/([\w.]+)" %}"', pages)

    assert {name for _given, name in loaded} | {"chart_pictures.js"} == {p.name for p in SCRIPTS}
    assert {name for given, name in loaded if 'type="module"' not in given} == CLASSIC


def test_what_a_page_names_is_there_under_its_hashed_name(tmp_path, rf):
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": MANIFEST},
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages, DEBUG=False):
        call_command("collectstatic", interactive=False, stdout=StringIO())
        head = (ROOT / "templates/base.html").read_text().partition("<head>")[2]
        tags = re.findall(r'{% static "[^"]+" %}', head.partition("</head>")[0])
        page = engines["django"].from_string("{% load static %}" + " ".join(tags)).render({})
        page += render_to_string("500.html")

    named = set(re.findall(r"/static/([^\s\"]+)", page))
    assert len(named) >= len(tags)
    for name in named:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", name)
        assert (tmp_path / name).exists()
