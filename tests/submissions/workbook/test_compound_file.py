"""F-15: what a compound file is, by the streams in its root folder."""

import random
from contextlib import suppress

import pytest

from submissions.workbook.compound_file import INSTALLER, require_workbook
from submissions.workbook.faults import Unreadable
from tests.submissions.fault_catalogue import forge, forge_binary, spoil


def refusal(content, suffix=".xls"):
    with pytest.raises(Unreadable) as refused:
        require_workbook(content, suffix)
    return refused.value.fault


@pytest.mark.parametrize(
    ("streams", "kind"),
    [
        (["WordDocument", "1Table"], ".doc"),
        (["PowerPoint Document", "Current User"], ".ppt"),
        (["VisioDocument"], ".vsd"),
        (["__properties_version1.0", "__nameid_version1.0"], ".msg"),
        (["Quill"], ".pub"),
        (["HwpSummaryInformation"], ".hwp"),
        (["Something"], "OLE"),
        ([], "OLE"),
    ],
)
def test_other_documents_are_named_for_what_they_are(streams, kind):
    assert (refusal(spoil.ole(*streams)).code, refusal(spoil.ole(*streams)).params) == (
        "E115",
        {"kind": kind},
    )


def test_an_installer_package_is_known_by_the_class_of_its_folder():
    assert refusal(forge_binary.compound({"x": b""}, INSTALLER)).params == {"kind": ".msi"}


def test_a_workbook_that_mentions_another_kind_stays_a_workbook():
    """Whether it holds a Word document, or only its name as a text."""
    content = forge_binary.as_xls(
        forge.workbook(enterprises=[forge.enterprise(1, name="WordDocument EncryptedPackage")])
    )

    require_workbook(content, ".xls")


def test_a_damaged_folder_is_judged_by_the_names_that_are_there():
    content = bytearray(spoil.ole("WordDocument"))
    content[48:52] = b"\xf0\xff\xff\x0f"

    assert refusal(bytes(content)).params == {"kind": ".doc"}


def test_whatever_is_spoilt_is_refused_or_let_through():
    chance = random.Random(311)
    for _ in range(300):
        content = bytearray(spoil.ole("Workbook", "Something"))
        for _ in range(chance.randint(1, 8)):
            content[chance.randrange(8, 2048)] = chance.randrange(256)
        with suppress(Unreadable):
            require_workbook(bytes(content), ".xls")
