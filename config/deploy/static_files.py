"""Static files as they are served: collected, hashed and compressed in STATIC_ROOT."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command


def are_collected() -> bool:
    """Return whether static files have been collected at all; without them no page is drawn."""
    return _manifest().exists()


def collect() -> None:
    """Collect the static files, if they or how they are found changed since the last time."""
    folders = [settings.BASE_DIR / "static", settings.BASE_DIR / "config"]
    changed = max(*map(newest_change, folders), Path(sys.executable).stat().st_mtime)
    if not are_collected() or _manifest().stat().st_mtime < changed:
        call_command("collectstatic", interactive=False, verbosity=0)
        # Where it was before, and could be read by everybody.
        (settings.STATIC_ROOT / "staticfiles.json").unlink(missing_ok=True)


def newest_change(folder: Path) -> float:
    """Return when any file of a folder last changed, in seconds; 0 for none. Python's own aside."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return max((path.stat().st_mtime for path in files), default=0)


def _manifest() -> Path:
    return settings.DATA_DIR / "staticfiles.json"
