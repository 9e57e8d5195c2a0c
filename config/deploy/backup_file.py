"""
A backup: one ZIP with the database, originals and all, and a manifest of what it holds.

The secret key is not in it: without it everybody signs in anew, and nothing else is lost.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from config.deploy import dumps

MANIFEST = "manifest.json"
DATABASE = "database.dump"
FORMAT = 1


class NotRestored(Exception):
    """A backup cannot be restored here; nothing was changed. The text says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    What a backup holds.

    version     of the program that made it
    engine      sqlite or postgresql
    migrations  those applied, as app.name
    counts      rows by table
    sha256      of the database's file, in hexadecimal
    """

    format: int
    made_at: str
    version: str
    engine: str
    migrations: list[str]
    counts: dict[str, int]
    sha256: str


def write(path: Path) -> Manifest:
    """
    Write a backup and return its manifest; readable by its owner only.

    Raises FileExistsError; OSError, DumpFailed: then there is no such file.
    """
    if path.exists():
        raise FileExistsError(path)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            dumped = Path(folder) / DATABASE
            manifest = _manifest(dumped, dumps.dump(dumped))
            _pack(unfinished, dumped, manifest)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def restore(path: Path) -> tuple[Manifest, dict[str, int]]:
    """
    Read a backup into the empty database; return its manifest, and the rows by table now there.

    Raises NotRestored, DumpFailed.
    """
    if not dumps.is_empty():
        raise NotRestored(
            _("The database is not empty. A backup is restored only into an empty one.")
        )
    try:
        with (
            zipfile.ZipFile(path) as archive,
            tempfile.TemporaryDirectory(prefix="restore-") as folder,
        ):
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            _refuse_what_does_not_fit(manifest)
            dumped = Path(archive.extract(DATABASE, folder))
            if _sha256(dumped) != manifest.sha256:
                raise NotRestored(_("The backup is damaged: its hash is another."))
            return manifest, dumps.load(dumped)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise NotRestored(
            _("The file is damaged, or not a backup: %(error)s") % {"error": error}
        ) from error


def _refuse_what_does_not_fit(manifest: Manifest) -> None:
    """Raise NotRestored for a backup of another engine, or of a newer program."""
    if manifest.engine != connection.vendor:
        raise NotRestored(
            _("The backup is of %(theirs)s, and DATABASE_URL names %(ours)s.")
            % {"theirs": manifest.engine, "ours": connection.vendor}
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if manifest.format > FORMAT or set(manifest.migrations) - known:
        raise NotRestored(
            _("The backup was made by a newer program, %(version)s. Install that, then restore.")
            % {"version": manifest.version}
        )


def _manifest(dumped: Path, counts: dict[str, int]) -> Manifest:
    applied = MigrationLoader(connection).applied_migrations
    return Manifest(
        format=FORMAT,
        made_at=timezone.now().isoformat(timespec="milliseconds"),
        version=settings.VERSION,
        engine=connection.vendor,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        counts=counts,
        sha256=_sha256(dumped),
    )


def _pack(path: Path, dumped: Path, manifest: Manifest) -> None:
    """Write the archive, synced to disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
            with dumped.open("rb") as source, archive.open(DATABASE, "w", force_zip64=True) as to:
                shutil.copyfileobj(source, to)
        file.flush()
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
