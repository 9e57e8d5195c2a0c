"""System checks: the embedded database is writable and on a local disk; DATA_DIR is private."""

import os
import stat
from pathlib import Path

from django.conf import settings
from django.core import checks

# Network file systems: SQLite cannot rely on their locks.
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "glusterfs"}
MOUNTS = Path("/proc/self/mounts")
# The rights of a file's group and of everybody else.
OTHERS = stat.S_IRWXG | stat.S_IRWXO
# How many files a warning names.
NAMED = 5


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


def check_private_files(app_configs, **kwargs):
    """Return a warning if others than the user who runs the tracker may read DATA_DIR."""
    # Static files are for everybody, and lie in a folder that is closed.
    folder = Path(settings.DATA_DIR)
    parts = [folder, *(part for part in folder.glob("*") if part.name != "static")]
    opened = [part for part in parts if part.stat().st_mode & OTHERS]
    if not opened:
        return []
    return [
        checks.Warning(
            f"Others may read what belongs to the tracker: {', '.join(map(str, opened[:NAMED]))}.",
            hint="`manage.py setup` closes them: folders 0700, files 0600.",
            id="config.W003",
        )
    ]


def close_private_files() -> None:
    """Let nobody but their owner read DATA_DIR and what lies directly in it."""
    folder = Path(settings.DATA_DIR)
    for part in (folder, *(one for one in folder.glob("*") if one.name != "static")):
        part.chmod(stat.S_IMODE(part.stat().st_mode) & ~OTHERS)
