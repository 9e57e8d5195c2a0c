"""No test of a browser is left out where only some folders are read."""

from pathlib import Path

from tests.run import IN_A_BROWSER

ROOT = Path(__file__).resolve().parents[2]


def test_every_file_with_a_test_of_the_browser_is_read():
    within = [ROOT / one for one in IN_A_BROWSER]
    marked = [
        path
        for path in (ROOT / "tests").rglob("test_*.py")
        if "mark.browser" in path.read_text(encoding="utf-8") and path != Path(__file__)
    ]

    assert len(marked) > 5
    assert [path for path in marked if not {path, *path.parents} & {*within}] == []
