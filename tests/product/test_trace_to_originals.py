"""Figures on pages, re-added from the cells of the stored originals by another reader."""

import random
import re
from decimal import Decimal
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import override_settings

from clusters.models import City, CityReturn
from clusters.viewpoint import viewpoint_of
from config.deploy import demonstration_accounts, reference_data
from enterprises.models import EnterpriseReturn
from indicators.results.scorecard import result
from submissions.demonstration import loading, register
from submissions.intake.originals import content_of
from submissions.lineage.trace import Trace, trace
from submissions.models import StagedRow, Submission
from submissions.verification.checks import faults
from tests.factories import make_user
from tests.product.test_verify_proof import amounts

CITIES = ["370100", "370200", "370700"]
UNITS = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
NUMBER = 200


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Three cities' thirteen quarters, through the real intake: once for all tests of a file."""
    kept_here = override_settings(
        DATA_DIR=tmp_path_factory.mktemp("demonstration"), DEMO_PASSWORD="taishan-2025"
    )
    with django_db_blocker.unblock(), kept_here, transaction.atomic():
        reference_data.load()
        accounts = demonstration_accounts.make_accounts()
        register.enter_firms()
        loading.load(
            bureaus={code: accounts[City.objects.get(code=code).slug] for code in CITIES},
            reviewer=get_user_model().objects.get(username="reviewer"),
            report=lambda *_: None,
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(loaded, db):
    """The same for one test, which may write beside it: that is gone with the test."""


@cache
def opened(submission):
    """A stored original, opened by openpyxl and not by our reader."""
    return openpyxl.load_workbook(BytesIO(content_of(submission)), data_only=True)


def unit_of(sheet, address) -> int:
    """What a cell's number is in: its heading's unit, its row's, or the sheet's."""
    column = re.match("[A-Z]+", address)[0]
    row = int(address[len(column) :])
    above = [str(sheet[f"{column}{n}"].value or "") for n in range(1, row)]
    beside = [str(cell.value or "") for cell in sheet[row]]
    everywhere = [str(cell.value or "") for line in sheet.iter_rows(max_row=8) for cell in line]
    for texts in (
        [m[1] for text in above for m in re.finditer(r"[（(]([^（）()]*元)[）)]", text)],
        [text for text in beside if text in UNITS],
        [m[1] for text in everywhere for m in re.finditer(r"计量单位[：:]\s*(\S+)", text)],
    ):
        for text in texts:
            if text in UNITS:
                return UNITS[text]
    raise AssertionError(f"no unit for {sheet.title}!{address}")


def in_original(found, field) -> Decimal:
    """A figure in yuan, as the city's own file has it."""
    sheet = opened(found.submission)[found.row.sheet]
    address = found.cell(field)
    text = str(sheet[address].value).replace(",", "").replace("，", "").strip()
    text = text.translate(str.maketrans("０１２３４５６７８９．－", "0123456789.-"))
    number = Decimal(format(float(text), ".15g")) * unit_of(sheet, address)
    return number.quantize(Decimal("0.01"))


def test_verification_finds_nothing_in_a_clean_demonstration(demonstration):
    assert not list(faults())


def test_two_hundred_figures_are_the_cells_of_the_originals_to_the_cent(demonstration):
    firms = EnterpriseReturn.objects.filter(revenue__isnull=False, superseded_at=None)
    firms = firms.select_related("enterprise__city", "period", "city")
    picked = random.Random(311).sample(list(firms.order_by("pk")), NUMBER)

    for one in picked:
        found = trace(
            "enterprises",
            one.enterprise.credit_code,
            city=one.city,
            period=one.period,
            moment=one.published_at,
        )
        assert in_original(found, "revenue") == one.revenue
        assert in_original(found, "output_value") == one.output_value


def test_the_share_is_made_of_the_cells_of_the_originals(demonstration):
    for period in ("2023Q4", "2024Q4"):
        total = {}
        for city in City.objects.filter(code__in=CITIES):
            one = CityReturn.objects.get(city=city, period__code=period, superseded_at=None)
            found = trace("city", "output_value", city=city, period=period, moment=one.published_at)
            total[city.code] = in_original(found, "this_year")

        shown = result("cluster-output-share", viewpoint_of({"period": period})).reported_only
        assert shown == (total["370100"] + total["370200"]) / sum(total.values())


def test_the_proof_names_each_figure_s_cell_and_the_file_that_holds_it(demonstration, client):
    client.force_login(make_user("official"))
    share, count = (
        client.get(f"/api/v1/indicators/{code}/proof/?period=2024Q4").json()
        for code in ("cluster-output-share", "firms-over-100m")
    )
    named = [*amounts(share["cities"]), *count["enterprises"]]

    assert len(named) > 30
    for one in named:
        submission = Submission.objects.get(pk=one["submission"])
        assert submission.sha256 == one["sha256"]
        found = Trace(submission, StagedRow(sheet=one["sheet"], cells={"it": one["cell"]}))
        assert in_original(found, "it") == Decimal(one["amount"]), one
