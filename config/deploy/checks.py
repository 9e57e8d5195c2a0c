"""What must not be left to luck before anything is stored: the embedded database and its place."""

import os
from pathlib import Path

from django.conf import settings
from django.core import checks

# File systems of a network: their locks are not those that SQLite relies on.
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "glusterfs"}
MOUNTS = Path("/proc/self/mounts")


def check_embedded_database(app_configs, **kwargs):
    """Return what is wrong with where SQLite's file lies; nothing on another database."""
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
    """Return the kind of file system a path lies on; "" where the machine does not say."""
    try:
        mounts = [line.split()[1:3] for line in MOUNTS.read_text().splitlines()]
    except OSError:
        return ""
    # In the list a space is written \040. Of mounts on one another the last one holds.
    places = [(Path(place.replace("\\040", " ")), kind) for place, kind in mounts]
    above = [(len(place.parts), kind) for place, kind in places if path.is_relative_to(place)]
    deepest = max((depth for depth, _kind in above), default=0)
    return next((kind for depth, kind in reversed(above) if depth == deepest), "")
