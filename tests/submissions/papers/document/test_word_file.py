"""The document says what the page says, readably, and LibreOffice makes one page of it."""

import html
import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from clusters.viewpoint import today
from foundation.quarters import Quarter
from foundation.statuses import STATUSES
from indicators.data import notes
from indicators.data.snapshot_reader import snapshot
from indicators.models import Briefing
from submissions.papers import assessments
from submissions.papers.briefings import draft_after
from submissions.papers.document.blocks import line, status
from submissions.papers.document.word_file import (
    SHAPES,
    TONES,
    assessment_document,
    briefing_document,
    text_of,
)
from submissions.papers.paper_sheet import assessment_sheet, briefing_sheet
from tests.factories import CITIES, make_city, make_enterprise, make_period, make_plan
from tests.programs import program
from tests.province import make_firms, make_province
from tests.submissions.papers.printed_papers import (
    ALL_NAMES,
    LONG_NAME,
    long_winded,
    plain,
    whole_page,
)

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2025, 3)


def sheet():
    seen = today(QUARTER)
    return briefing_sheet(draft_after(Briefing.objects.all(), snapshot(seen), seen))


def closing_sheet():
    plan, seen = make_plan(), today(QUARTER)
    return assessment_sheet(assessments.draft_after(plan, [], snapshot(seen), seen))


def words(content):
    document = Document(BytesIO(content))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return " ".join([*(p.text for p in document.paragraphs), *cells])


def bare(text):
    """A text without blanks and without the signs of statuses."""
    return re.sub(rf"[\s{''.join(SHAPES.values())}]", "", text)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_says_everything_that_the_page_says(language):
    make_province(silent=["370600"])
    with translation.override(language):
        page = render_to_string("submissions/_briefing_sheet.html", {"sheet": sheet()})
        said = bare(words(briefing_document(sheet())))

    shown = re.findall(r"<(h2|h3|p|span|li|th|td)\b([^>]*)>(.*?)</\1>", page, re.DOTALL)
    texts = [strip_tags(text) for tag, given, text in shown if "paper__line" not in given]
    assert len(texts) > 50
    for one in texts:
        assert bare(html.unescape(one)) in said


def test_what_is_withheld_and_what_a_city_did_not_report_is_said_in_both():
    make_province(silent=["370600"])
    given = sheet()
    given["parks"] |= {"withheld": True, "output_value": None}
    with translation.override("en"):
        page = render_to_string("submissions/_briefing_sheet.html", {"sheet": given})
        document = words(briefing_document(given))

    assert 'class="number unreported" title="Not disclosed: fewer than 3' in page
    for said in (page, document):
        assert "Not disclosed: fewer than 3 enterprises" in said
        assert said.count("Not disclosed") > 1


def test_the_notes_on_its_figures_and_the_blocks_in_operation_are_in_it(reviewer):
    quarter = make_province()
    notes.write("target:firms-over-100m", quarter, "两家企业合并。", by=reviewer)
    with translation.override("zh-hans"):
        said = words(briefing_document(sheet()))

    assert "过1亿元企业数：两家企业合并。（reviewer，" in said
    assert "建设内容6个：建成运营3个，其中有佐证0个。" in said


def test_a_status_has_its_shape_as_a_sign():
    with translation.override("zh-hans"):
        assert text_of(line("烟台市", " ", status("overdue"), " 40天")) == "烟台市 ◆ 逾期未报 40天"


def sizes(content):
    """The sizes in points of all texts of a document: of its body, and of what every page has."""
    document = Document(BytesIO(content))
    section = document.sections[0]
    parts = [document.element.body, section.header._element, section.footer._element]
    runs = [run for part in parts for run in part.iter(qn("w:r")) if run.findall(qn("w:t"))]
    return [int(run.find(qn("w:rPr")).find(qn("w:sz")).get(qn("w:val"))) / 2 for run in runs]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_letter_of_either_paper_is_smaller_than_ten_and_a_half_points(reviewer, language):
    long_winded(reviewer, speaking=["370700"])
    with translation.override(language):
        for content in (briefing_document(sheet()), assessment_document(closing_sheet())):
            found = sizes(content)
            assert len(found) > 100
            assert min(found) >= 10.5


ELSEWHERE = ("详见", "系统", "see the", "tracker", "stands in the data", "stand in the data")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nothing_on_paper_sends_its_reader_elsewhere(reviewer, language):
    long_winded(reviewer, speaking=["370700"])
    with translation.override(language):
        for content in (briefing_document(sheet()), assessment_document(closing_sheet())):
            said = words(content)
            assert not [one for one in ELSEWHERE if one in said]


def test_each_page_says_that_data_are_made_up_that_it_is_a_draft_and_its_number():
    make_enterprise(make_city(), is_demonstration=True)
    make_province()
    with translation.override("zh-hans"):
        section = Document(BytesIO(briefing_document(sheet()))).sections[0]

    [above], [below] = section.header.paragraphs, section.footer.paragraphs
    assert above.text == "【草稿】  示例数据 企业和数据均为虚构。"
    fields = [one.text for one in below._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_status_has_its_colour_beside_its_sign_and_word():
    make_province(silent=["370600"])
    document = Document(BytesIO(briefing_document(sheet())))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    told = [run for run in runs if run.text == "◆ Overdue"]
    assert told
    assert {str(run.font.color.rgb) for run in told} == {TONES["poor"]}


def test_colours_are_those_of_the_page_on_paper():
    tokens = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
    light = tokens[tokens.index("light; also what is printed") :]
    for tone, colour in TONES.items():
        found = re.search(rf"--status-{tone}: #(\w+);", light)
        assert found
        assert found[1].upper() == colour


def test_each_target_has_its_quarters_as_a_picture_with_words_for_it():
    make_province(period="2025Q2")
    for code in CITIES:
        make_firms(make_city(code), make_period("2025Q3"), 1)
    document = Document(BytesIO(briefing_document(sheet())))

    told = [one.get("descr") for one in document.element.iter(qn("wp:docPr"))]
    assert "Firms over 100 million: Q2 2025 0, Q3 2025 0" in told


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


def printed(folder):
    """Return a briefing in Chinese as LibreOffice prints it."""
    soffice = program("soffice", "libreoffice-writer-nogui")
    with translation.override("zh-hans"):
        (folder / "briefing.docx").write_bytes(briefing_document(sheet()))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    done = subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "briefing.docx"],
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert (folder / "briefing.pdf").exists(), done.stderr.decode()
    return folder / "briefing.pdf"


def test_libreoffice_makes_one_page_of_an_ordinary_quarter(tmp_path):
    make_province(silent=["370600", "371300"])
    whole_page(printed(tmp_path), of=["烟台市", "不可相加", "草稿", "所知。"], alike=True)


@pytest.mark.parametrize("speaking", [[], ["370700"]], ids=["nobody", "one"])
def test_nothing_of_the_longest_is_cut(reviewer, tmp_path, speaking):
    long_winded(reviewer, speaking=speaking)

    pages = PdfReader(printed(tmp_path)).pages
    assert len(pages) <= 2
    text = plain("".join(page.extract_text() for page in pages), alike=True)
    for said in [*ALL_NAMES, LONG_NAME[:20], "不可相加", "草稿", "所知。"]:
        assert plain(said, alike=True) in text


def test_every_status_has_a_sign():
    assert {shape for _word, _tone, shape in STATUSES.values()} <= SHAPES.keys()
