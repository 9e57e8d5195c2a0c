"""The document says what the page says, and LibreOffice makes one page of it."""

import subprocess
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn
from lxml import html

from clusters.quarters import Quarter
from clusters.viewpoint import today
from config.web.statuses import STATUSES
from indicators.data import notes
from indicators.data.snapshot_reader import snapshot
from indicators.models import Briefing
from indicators.paper_height import CHINESE, ENGLISH
from submissions.papers.briefings import draft_after
from submissions.papers.paper_docx import SHAPES, SIZES, briefing_document, text_of
from submissions.papers.paper_sheet import briefing_sheet
from tests.papers_printed import ALL_NAMES, LONG_NAME, long_winded, whole_page
from tests.programs import program
from tests.province import make_province

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2025, 3)


def sheet():
    seen = today(QUARTER)
    return briefing_sheet(draft_after(Briefing.objects.all(), snapshot(seen), seen))


def words(content):
    document = Document(BytesIO(content))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return " ".join([*(p.text for p in document.paragraphs), *cells])


def test_it_says_everything_that_the_page_says():
    make_province(silent=["370600"])
    with translation.override("zh-hans"):
        page = html.fromstring(
            render_to_string("submissions/_briefing_sheet.html", {"sheet": sheet()})
        )
        said = words(briefing_document(sheet()))

    for part in page.iter("h2", "h3", "p", "li", "th", "td"):
        for one in part if "paper__line" in (part.get("class") or "") else [part]:
            assert text_of(one) in said


def test_the_notes_on_its_figures_and_the_blocks_in_operation_are_in_it(reviewer):
    quarter = make_province()
    notes.write("target:firms-over-100m", quarter, "两家企业合并。", by=reviewer)
    with translation.override("zh-hans"):
        said = words(briefing_document(sheet()))

    assert "过1亿元企业数：两家企业合并。（reviewer，" in said
    assert "建设内容6个：建成运营3个，其中有佐证0个。" in said


def test_a_status_has_its_shape_as_a_sign():
    part = html.fromstring(
        '<li><span>烟台市</span> <span><i data-shape="diamond"></i>逾期未报</span> 40天</li>'
    )
    assert text_of(part) == "烟台市 ◆ 逾期未报 40天"


def test_fonts_are_the_official_ones_and_name_their_stand_ins():
    make_province()
    document = Document(BytesIO(briefing_document(sheet())))

    fonts = {f.get(qn("w:eastAsia")) for f in document.element.iter(qn("w:rFonts"))}
    assert fonts == {"方正小标宋简体", "黑体", "仿宋_GB2312"}
    [table] = [
        part.blob.decode() for part in document.part.package.iter_parts()
        if str(part.partname).endswith("fontTable.xml")
    ]  # fmt: skip
    assert all(f'w:altName w:val="{name}"' in table for name in ("宋体", "SimHei", "仿宋"))


@pytest.mark.parametrize("speaking", [[], ["370700"]], ids=["nobody", "one"])
def test_libreoffice_makes_one_page_of_the_longest(reviewer, tmp_path, speaking):
    soffice = program("soffice", "libreoffice-writer-nogui")
    long_winded(reviewer, speaking=speaking)
    with translation.override("zh-hans"):
        (tmp_path / "briefing.docx").write_bytes(briefing_document(sheet()))

    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    done = subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "briefing.docx"],
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert (tmp_path / "briefing.pdf").exists(), done.stderr.decode()
    whole_page(
        tmp_path / "briefing.pdf", of=[*ALL_NAMES, LONG_NAME[:20], "不可相加", "草稿"], alike=True
    )


def test_every_density_of_the_sheet_has_letters_of_a_size():
    assert SIZES.keys() == CHINESE.keys() == ENGLISH.keys()


def test_every_status_has_a_sign():
    assert {shape for _word, _tone, shape in STATUSES.values()} <= SHAPES.keys()
