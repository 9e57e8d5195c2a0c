"""What the READMEs promise of the tree is there, and each fits a terminal."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = [
    *("accounts", "clusters", "config", "enterprises", "foundation"),
    *("indicators", "parks", "submissions", "tests"),
]
READMES = sorted(p for app in APPS for p in (ROOT / app).rglob("README.md"))
TEXTS = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "CONTRIBUTING.md", *READMES]
# A room is a folder of code; these are Django's own, or hold one thing that is named elsewhere.
NO_ROOMS = {
    "models",
    "views",
    "migrations",
    "management",
    "commands",
    "templatetags",
    "__pycache__",
}
STEP = re.compile(r"^\d\. `([\w/]+\.py)` `(\w+)`: ", re.MULTILINE)
FILE = re.compile(r"`((?:\w+/)+[\w.]+\.(?:py|md|html|js|css))`")


def name(path):
    return str(path.relative_to(ROOT))


def trails():
    """Return the trails of README.md: heading and steps (file, name)."""
    text = (ROOT / "README.md").read_text()
    part = text.partition("Five trails")[2].partition("And in one step")[0]
    pieces = re.split(r"^\*\*(.+)\*\*$", part, flags=re.MULTILINE)[1:]
    return [(title, STEP.findall(steps)) for title, steps in zip(*[iter(pieces)] * 2, strict=True)]


def test_there_are_five_trails_of_at_most_three_steps():
    assert [1 <= len(steps) <= 3 for _title, steps in trails()] == [True] * 5


@pytest.mark.parametrize(("title", "steps"), trails())
def test_each_step_of_a_trail_holds_the_name_it_promises(title, steps):
    for path, wanted in steps:
        found = re.compile(rf"^(def {wanted}\(|class {wanted}\b|{wanted}\b|@{wanted}\()", re.M)
        assert found.search((ROOT / path).read_text()), f"{path} has no {wanted}"


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_files_that_a_readme_names_are_there(path):
    named = FILE.findall(path.read_text())
    missing = [
        one
        for one in named
        if not any((base / one).exists() for base in (ROOT, path.parent, path.parents[1]))
        and not (ROOT / "templates" / one).exists()
    ]
    assert not missing


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_a_readme_can_be_read_in_a_terminal(path):
    lines = path.read_text().splitlines()
    assert not [line for line in lines if len(line) > 120]
    assert path.parent == ROOT or len(lines) <= 60


def test_the_first_page_in_chinese_has_the_same_two_commands_and_each_leads_to_the_other():
    english, chinese = ((ROOT / f"README{end}.md").read_text() for end in ("", ".zh"))
    commands = re.compile(r"^    (make [\w-]+) +# ", re.MULTILINE)

    assert commands.findall(english) == commands.findall(chinese) == ["make run", "make test"]
    assert "](README.zh.md)" in english
    assert "](README.md)" in chinese


def test_every_room_has_a_readme():
    code = [ROOT / app for app in APPS if app != "tests"]
    rooms = {
        p.parent
        for folder in code
        for p in folder.rglob("*.py")
        if not NO_ROOMS & set(p.relative_to(ROOT).parts)
    }
    assert not [name(room) for room in rooms if not (room / "README.md").exists()]
