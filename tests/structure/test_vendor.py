"""Files of others: of the version that goes with ours, and nothing in them that we do not serve."""

import json
import re
from pathlib import Path

import plotly.offline

VENDOR = Path(__file__).resolve().parents[2] / "static/vendor"
TEMPLATES = VENDOR.parent.parent / "templates"


def test_plotly_js_is_of_the_version_that_the_python_package_carries():
    version = plotly.offline.get_plotlyjs_version()

    bundle = VENDOR / f"plotly-basic-{version}.min.js"
    assert f"plotly.js (basic - minified) v{version}" in bundle.read_text()[:200]
    assert (VENDOR / f"plotly-{version}.css").exists()
    assert (VENDOR / f"plotly-locale-zh-cn-{version}.js").exists()


def test_every_file_is_in_the_readme():
    readme = (VENDOR / "README.md").read_text()

    files = {p.name for p in VENDOR.iterdir() if p.is_file()} - {"README.md"}
    assert not [name for name in files if f"`{name}`" not in readme]


def test_every_file_is_used_by_a_page():
    pages = "\n".join(p.read_text() for p in TEMPLATES.rglob("*.html"))

    files = {p.name for p in VENDOR.iterdir() if p.is_file()} - {"README.md"}
    assert not [name for name in files if f"vendor/{name}" not in pages]


def test_no_style_sheet_or_script_names_a_source_map_that_we_do_not_serve():
    assert not [p.name for p in VENDOR.glob("*.*s") if "sourceMappingURL" in p.read_text()]


def test_the_basic_bundle_draws_what_our_charts_use():
    bundle = next(VENDOR.glob("plotly-basic-*.js")).read_text()
    assert all(re.search(rf'name:"{kind}"', bundle) for kind in ("scatter", "bar", "pie")), (
        json.dumps(bundle[:100])
    )
