import io
import zipfile

import pytest

from submissions.backfill.archive import files_in, is_archive, members, name_of
from submissions.refused import Refused
from submissions.workbook import limits
from tests.submissions.fault_catalogue import forge


def packed(files: dict[str, bytes]) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made


def names(file):
    return [one.name for one in members(file)]


def test_files_come_with_their_folders_in_the_order_of_their_names():
    made = packed({"b/济南.xlsx": b"2", "a.xlsx": b"1", "b/": b""})

    assert [(one.name, one.content) for one in members(made)] == [
        ("a.xlsx", b"1"),
        ("b/济南.xlsx", b"2"),
    ]


def test_what_the_system_left_beside_the_files_is_not_one():
    assert names(packed({"__MACOSX/._a.xlsx": b"", "Thumbs.db": b"", "~$a.xlsx": b""})) == []


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_that_do_not_say_their_encoding_are_read(encoding):
    entry = zipfile.ZipInfo("x")
    entry.filename = "济南市2024年一季度.xlsx".encode(encoding).decode("cp437")
    entry.flag_bits = 0

    assert name_of(entry) == "济南市2024年一季度.xlsx"


def test_a_name_never_leads_out_of_the_archive():
    assert names(packed({"../../etc/a.xlsx": b"1", "/b.xlsx": b"2"})) == ["b.xlsx", "etc/a.xlsx"]


def test_an_archive_within_the_archive_is_named_and_not_unpacked():
    [one] = members(packed({"inner.zip": packed({"a": b"1"}).getvalue()}))

    assert one.content == b""
    assert "Unpack it" in one.refused


def test_too_many_files_are_refused_before_any_is_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "ARCHIVE_FILES", 2)
    three = packed({"a": b"", "b": b"", "c": b""})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)

    with pytest.raises(Refused, match="3 files; at most 2"):
        names(three)


def test_a_bomb_is_refused_before_anything_is_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "ARCHIVE_UNPACKED", 3 * limits.MIB)
    bomb = packed({"a": bytes(2 * limits.MIB), "b": bytes(2 * limits.MIB)})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)

    with pytest.raises(Refused, match="4 MiB unpacked; at most 3 MiB"):
        names(bomb)


def test_a_file_over_its_own_limit_is_named_and_not_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "FILE_SIZE", limits.MIB)

    small, large = members(packed({"a": b"1", "b": bytes(limits.MIB + 1)}))
    assert (small.refused, large.content) == ("", b"")
    assert "larger than 1 MiB" in large.refused


def test_an_entry_that_unpacks_to_more_than_it_announced_is_damaged():
    made = packed({"a.xlsx": b"x" * 5000}).getvalue()
    size = (5000).to_bytes(4, "little")
    lying = made.replace(size, (10).to_bytes(4, "little"))

    [one] = members(io.BytesIO(lying))
    assert one.content == b""
    assert "damaged" in one.refused


def test_what_is_no_archive_is_refused_in_words():
    with pytest.raises(Refused, match="cannot be opened"):
        names(io.BytesIO(b"PK no archive"))


def test_a_workbook_is_no_archive_of_workbooks():
    assert not is_archive(io.BytesIO(forge.workbook()))
    assert is_archive(packed({"a.xlsx": b"1"}))
    assert not is_archive(io.BytesIO(b"code,name"))


def test_a_folder_gives_the_same_as_an_archive(tmp_path):
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.xlsx").write_bytes(b"1")
    (tmp_path / "Thumbs.db").write_bytes(b"")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "2024" / "a.xlsx")

    assert [(one.name, one.content) for one in files_in(tmp_path)] == [("2024/a.xlsx", b"1")]
