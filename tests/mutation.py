"""
`make mutants`: change the formulas and the judge in small ways; a test must notice each change.
`python -m tests.mutation certain_share break_even`: of these formulas alone.

Copies what the arithmetic needs into a directory of its own, without Django, and lets mutmut run
the formulas' own tests there. Prints the score and every change that nobody noticed; fails under
SCORE. Some changes make no difference, such as another text of an error or a sum that begins at
its first part: they are why the score is not 100.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# In percent of all changes.
SCORE = 85
TESTED = ["indicators/formulas", "indicators/verdict/standing.py", "indicators/verdict/goal.py"]
TESTS = [
    "tests/indicators/formulas",
    "tests/indicators/verdict/test_goal.py",
    "tests/indicators/verdict/test_projected_standing.py",
    "tests/indicators/verdict/test_standing.py",
]
NEEDED = [
    *TESTED,
    *TESTS,
    "tests/indicators/verdict/judged.py",
    "tests/depth.py",
    "foundation/quarters.py",
]

SETTINGS = """
[tool.pytest.ini_options]
pythonpath = ["."]
addopts = ["--import-mode=importlib", "-p", "no:django"]

[tool.mutmut]
source_paths = ["indicators", "clusters"]
only_mutate = {files}
also_copy = ["indicators", "clusters"]
pytest_add_cli_args_test_selection = {tests}
"""
# The same examples each time, so that a score can be compared with the last one.
CONFTEST = """
from hypothesis import HealthCheck, settings

settings.register_profile(
    "mutants",
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")
"""


def lay_out(there: Path, names: list[str]) -> None:
    """Copy the arithmetic and its tests to a directory, with settings of its own."""
    files = [f"indicators/formulas/{name}.py" for name in names or ["*"]]
    own = [f"tests/indicators/formulas/test_{name}.py" for name in names]
    tests = [one for one in own if (ROOT / one).exists()] or TESTS
    if not names:
        files += TESTED[1:]
    for name in NEEDED:
        target = there / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, target)
    for package in ("clusters", "indicators", "tests", "tests/indicators"):
        (there / package / "__init__.py").touch()
    settings = SETTINGS.format(files=json.dumps(files), tests=json.dumps(tests))
    (there / "pyproject.toml").write_text(settings)
    (there / "tests/conftest.py").write_text(CONFTEST)


def main(names: list[str]) -> int:
    """Run it for these formulas or for all; return 1 if too many changes went unnoticed."""
    mutmut = [sys.executable, "-m", "mutmut"]
    with tempfile.TemporaryDirectory() as scratch:
        there = Path(scratch)
        lay_out(there, names)
        subprocess.run([*mutmut, "run"], cwd=there, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*mutmut, "results"], cwd=there, check=True)
        subprocess.run([*mutmut, "export-cicd-stats"], cwd=there, check=True)
        told = json.loads((there / "mutants/mutmut-cicd-stats.json").read_text())
    noticed = told["killed"] + told.get("timeout", 0)
    score = 100 * noticed / told["total"]
    print(f"{noticed} of {told['total']} changes noticed: {score:.1f} % (at least {SCORE} %)")
    return 0 if score >= SCORE else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
