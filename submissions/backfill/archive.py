"""The files of a ZIP archive or a folder, within limits and with names that can be read."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from submissions.refused import Refused
from submissions.workbook import limits
from submissions.workbook.limits import MIB

# What systems and Office leave beside the files, and nobody means.
SYSTEM_FILES = {"thumbs.db", "desktop.ini", ".ds_store"}
LOCK_OF_OFFICE = "~$"
FOLDER_OF_MACOS = "__MACOSX"
ARCHIVES = {".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"}
UTF8_NAME = 0x800
ENCRYPTED = 0x1
# What zipfile raises on what is no archive, or a broken one.
BROKEN = (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Member:
    """
    A file of an archive: its name with folders, and its bytes.

    refused  why it was not unpacked, for the user; its content is then b"". "" otherwise
    """

    name: str
    content: bytes
    refused: str = ""


def is_archive(file: BinaryIO) -> bool:
    """Return whether a file is a ZIP of files, and not a workbook, which is one too."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return "[Content_Types].xml" not in archive.NameToInfo
    except BROKEN:
        return False
    finally:
        file.seek(0)


def members(file: BinaryIO) -> Iterator[Member]:
    """
    Yield the files of a ZIP archive, in the order of their names.

    Raises Refused, before anything is unpacked, for more files or bytes than the limits; later for
    an archive that is broken.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            wanted = _wanted(archive)
            for name, entry in wanted:
                yield _member(archive, name, entry)
    except BROKEN as broken:
        raise Refused(
            _("The archive cannot be opened: %(error)s. Make it anew, as a .zip.")
            % {"error": broken}
        ) from broken


def files_in(folder: Path) -> Iterator[Member]:
    """Yield the files of a folder and those below it, in the order of their names; no links."""
    found = [one for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink()]
    wanted = [one for one in found if is_meant(str(one.relative_to(folder)))]
    refuse_beyond_limits(len(wanted), sum(one.stat().st_size for one in wanted))
    for one in wanted:
        name = one.relative_to(folder).as_posix()
        size = one.stat().st_size
        refused = _refusal(name, size)
        yield Member(name, b"" if refused else one.read_bytes(), refused)


def refuse_beyond_limits(files: int, size: int) -> None:
    """Raise Refused for more files, or more bytes unpacked, than are taken at once."""
    if files > limits.ARCHIVE_FILES:
        raise Refused(
            _("There are %(files)d files; at most %(most)d are taken at once. Make several of it.")
            % {"files": files, "most": limits.ARCHIVE_FILES}
        )
    if size > limits.ARCHIVE_UNPACKED:
        raise Refused(
            _("The files take %(size)d MiB unpacked; at most %(most)d MiB are taken at once.")
            % {"size": -(-size // MIB), "most": limits.ARCHIVE_UNPACKED // MIB}
        )


def is_meant(name: str) -> bool:
    """Return whether a file is one of the sender's, and none that the system left there."""
    path = PurePosixPath(name)
    return not (
        path.name.casefold() in SYSTEM_FILES
        or path.name.startswith((LOCK_OF_OFFICE, "._"))
        or FOLDER_OF_MACOS in path.parts
    )


def plain_path(name: str) -> str:
    """Return a name with its folders, without roots, steps up and control characters."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    shown = "".join(c for c in "/".join(parts) if c.isprintable())
    return shown[-255:] or "workbook"


def _wanted(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Return the entries that are files, with their names. Raises Refused beyond the limits."""
    entries = [one for one in archive.infolist() if not one.is_dir()]
    named = [(plain_path(name_of(one)), one) for one in entries]
    wanted = [(name, one) for name, one in named if is_meant(name)]
    refuse_beyond_limits(len(wanted), sum(one.file_size for _name, one in wanted))
    return sorted(wanted, key=lambda pair: pair[0])


def _member(archive: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo) -> Member:
    if refused := _refusal(name, entry.file_size):
        return Member(name, b"", refused)
    if entry.flag_bits & ENCRYPTED:
        return Member(name, b"", _("It is protected by a password. Pack it without one."))
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Member(name, b"", _("It is a link to another file. Pack the file itself."))
    try:
        with archive.open(entry) as opened:
            # No more than was announced, whatever the entry unpacks to.
            content = opened.read(limits.FILE_SIZE + 1)
    except (*BROKEN, RuntimeError, zlib.error):
        return Member(name, b"", _("It cannot be unpacked: the archive is damaged here."))
    return Member(name, content)


def _refusal(name: str, size: int) -> str:
    """Return why a file is not taken, from its name and announced size; "" if it is."""
    if PurePosixPath(name).suffix.casefold() in ARCHIVES:
        return _("It is an archive within the archive. Unpack it, and bring its files.")
    if size > limits.FILE_SIZE:
        return _("The file is larger than %(limit)d MiB. A workbook of one city never is.") % {
            "limit": limits.FILE_SIZE // MIB
        }
    return ""


def name_of(entry: zipfile.ZipInfo) -> str:
    """
    Return an entry's name as it was written: in UTF-8, GB18030 or cp437.

    Windows in Chinese writes GB18030 and does not say so; zipfile reads that as cp437.
    """
    if entry.flag_bits & UTF8_NAME:
        return entry.filename
    raw = entry.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
