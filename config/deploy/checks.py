"""System checks of the embedded database: its file is writable and on a local disk."""

import os
from pathlib import Path

from django.conf import settings
from django.core import checks

# Network file systems: SQLite cannot rely on their locks.
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "glusterfs"}
MOUNTS = Path("/proc/self/mounts")


def check_embedded_database(app_configs, **kwargs):
    """Return errors for the place of SQLite's file; none on another database."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or ":memory:" in str(database["NAME"]):
        return []
    path = Path(database["NAME"])
    return [*_not_writable(path), *_on_a_network(path)]


def _not_writable(path: Path) -> list:
    """Return an error if the file, or the folder in which SQLite keeps its journal, is closed."""
    closed = [p for p in (path, path.parent) if p.exists() and not os.access(p, os.W_OK)]
    return [
        checks.Error(
            f"The database cannot be written: {place} is read-only for this user.",
            hint="Give the user who runs the tracker the right to write there.",
            id="config.E001",
        )
        for place in closed
    ]


def _on_a_network(path: Path) -> list:
    """Return an error if the file lies on a network disk."""
    kind = file_system_of(path)
    if kind not in NETWORK:
        return []
    return [
        checks.Error(
            f"The database lies on a network disk ({kind}), where two writers may destroy it.",
            hint="Move DATA_DIR to a disk of this machine, or use PostgreSQL (DATABASE_URL).",
            id="config.E002",
        )
    ]


def file_system_of(path: Path) -> str:
    """Return the type of the file system a path lies on; "" where it is unknown."""
    try:
        mounts = [line.split()[1:3] for line in MOUNTS.read_text().splitlines()]
    except OSError:
        return ""
    # In the list a space is written \040. Of several mounts on one place the last is in effect.
    places = [(Path(place.replace("\\040", " ")), kind) for place, kind in mounts]
    above = [(len(place.parts), kind) for place, kind in places if path.is_relative_to(place)]
    deepest = max((depth for depth, _kind in above), default=0)
    return next((kind for depth, kind in reversed(above) if depth == deepest), "")
