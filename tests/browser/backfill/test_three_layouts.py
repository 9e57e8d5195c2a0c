"""Three foreign layouts, each described once in the browser and used for twelve more files."""

from decimal import Decimal

import pytest
from django.test import Client

from submissions.models import Layout, Submission
from tests.factories import make_enterprise, make_period
from tests.submissions.layouts.cast import bring, job_at, parts_at, read_by
from tests.submissions.workbook.foreign.forge_foreign import FIRMS, by_sheet, survey, wide

pytestmark = pytest.mark.browser
SEEN, CONFIRM = "main form[method=post] button.btn-primary", "section[aria-labelledby=confirm]"


@pytest.fixture
def codes(city):
    for year in (2023, 2024):
        for quarter in range(1, 5):
            make_period(f"{year}Q{quarter}")
    return {name: make_enterprise(city, name=name).credit_code for name in FIRMS}


def amounts(seed, quarter, number):
    """(output, revenue) in yuan with cents, of a firm in a quarter."""
    output = Decimal(f"{seed * quarter * number * 7_001}.{seed:02}")
    return output, output * 3


def of_wide(path, seed, codes):
    """A column a quarter, cumulative in 亿元, without codes."""
    figures = {
        name: [amounts(seed, quarter, number) for quarter in range(1, 5)]
        for number, name in enumerate(codes, start=1)
    }
    return wide(path, figures), {
        f"2024Q{quarter}": {name: figures[name][quarter - 1] for name in codes}
        for quarter in range(1, 5)
    }


def of_sheets(path, seed, codes):
    """A sheet a quarter, two lines of headings, single quarters in 万元."""
    single = {
        quarter: {
            name: (code, *amounts(seed, quarter, number))
            for number, (name, code) in enumerate(codes.items(), start=1)
        }
        for quarter in (1, 2, 3)
    }
    sums = {
        f"2024Q{last}": {
            name: tuple(
                sum(single[quarter][name][at] for quarter in range(1, last + 1)) for at in (1, 2)
            )
            for name in codes
        }
        for last in (1, 2, 3)
    }
    return by_sheet(path, single), sums


def of_survey(path, seed, codes):
    """A whole year in 千元; its quarters were not asked for."""
    firms = {
        name: (code, *amounts(seed, 4, number))
        for number, (name, code) in enumerate(codes.items(), start=1)
    }
    return survey(path, firms), {"2023Q4": {name: one[1:] for name, one in firms.items()}}


def found_at(address):
    """What a layout found in a file, as the child told it: quarter -> firm -> amounts."""
    return {
        part["quarter"]: {
            line["values"]["name"][0]: tuple(
                Decimal(line["values"][field][0]) for field in ("output_value", "revenue")
            )
            for table in part["tables"]
            for line in table["first"]
        }
        for part in job_at(address).result["parts"]
    }


@pytest.mark.parametrize("forged", [of_wide, of_sheets, of_survey])
def test_described_once_it_reads_twelve_more_files_to_the_same_cent(
    browse, signed_in, officer, codes, tmp_path, forged
):
    page = browse("wide").page
    signed_in(page, "officer")
    path, expected = forged(tmp_path / "0.xlsx", 1, codes)
    page.goto("/submissions/layouts/new/")
    page.set_input_files("[name=file]", path)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/layouts/file/**")
    if forged is of_wide:
        # The heading says a quarter, which could be a single one: the person knows better.
        for column in "CDEFGHIJ":
            page.select_option(f"[name={column}-holds]", "cumulative")
    page.click(SEEN)
    page.wait_for_url("**/layouts/contents/**")
    page.fill("[name=name]", "旧表")
    page.click(f"{CONFIRM} button")
    page.wait_for_selector("section[aria-labelledby=hand-in]")
    assert found_at(page.url) == expected
    layout = Layout.objects.get()

    client = Client()
    client.force_login(officer)
    for seed in range(2, 14):
        path, expected = forged(tmp_path / f"{seed}.xlsx", seed, codes)
        address = read_by(client, bring(client, path), layout)
        assert found_at(address) == expected
    assert client.post(address, {"part": parts_at(address)[:1]}).status_code == 200
    assert Submission.objects.get().layout_use.layout == layout
