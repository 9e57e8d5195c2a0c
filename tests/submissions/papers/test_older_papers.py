"""
Papers as they were frozen before their targets had quarters: their bytes stay, their pages open.

The texts in frozen/ were issued by an earlier version, of the demonstration.
"""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from foundation.frozen_data import sha256
from indicators.models import Briefing
from tests.factories import make_period
from tests.submissions.papers.issued_papers import make_assessment, values

FROZEN = Path(__file__).parent / "frozen"
CHINESE = {"accept-language": "zh-hans"}
HASHES = {
    "briefing": "bdd07588a9f3294e30b6ce95287444dd49503ac610cab8becf554fd154d7599d",
    "assessment": "127e3d1d1f32cfb92c5ac777a35bf47cc133e159319c00b55a5eadce87837c18",
}


@pytest.fixture(params=HASHES)
def issued(request, db):
    """An older paper as it stands in the database."""
    content = (FROZEN / f"{request.param}.json").read_text(encoding="utf-8")
    given = {"content": content, "sha256": HASHES[request.param]}
    if request.param == "briefing":
        return Briefing.objects.create(
            period=make_period("2025Q4"), **values({"number": "311-2026-01"} | given)
        )
    return make_assessment(number="311-F-2026-01", **given)


def test_its_bytes_have_the_hash_it_was_issued_under(client, official, issued):
    client.force_login(official)

    answer = client.get(f"{issued.get_absolute_url()}json/")
    assert sha256(answer.content.decode()) == issued.sha256
    assert issued.is_intact


def test_its_page_and_its_document_say_what_they_said(client, official, issued):
    client.force_login(official)

    page = client.get(issued.get_absolute_url(), headers=CHINESE).content.decode()
    answer = client.get(f"{issued.get_absolute_url()}docx/", headers=CHINESE)
    document = Document(BytesIO(answer.content))
    text = "\n".join(one.text for one in document.paragraphs)
    for said in (page, text):
        for words in (issued.number, issued.sha256, "50.5%—50.8%（估计）", "95.76亿元"):
            assert words in said
    assert "paper__picture" not in page
