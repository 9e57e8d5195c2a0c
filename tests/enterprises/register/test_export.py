"""The register as an exported file, and imported again."""

import io
import re

import openpyxl
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from clusters.models import City
from enterprises.models import Enterprise
from enterprises.register import background
from enterprises.register.file_format import RegisterCsv, RegisterXlsx
from enterprises.register.reading.register_file import HEADINGS
from enterprises.register.resources import EnterpriseResource
from tests.depth import examples
from tests.enterprises.register.cast import EXPORT, dataset_of
from tests.factories import (
    make_city,
    make_enterprise,
    make_park,
)

CSV, XLSX = 0, 1


def export(client, format_, query=""):
    given = {"format": str(format_), "resource": "0"}
    page = client.post(reverse(EXPORT) + query, given, follow=True)
    assert 'url=?file"' in page.content.decode()
    return client.get(f"{page.request['PATH_INFO']}?file")


def test_an_export_holds_the_register_under_its_headings(keeper, city):
    park = make_park(city, name="济南环保产业园")
    firm = make_enterprise(name="=cmd|' /C calc'!A0", park=park, status="pending")
    answer = export(keeper, CSV)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="register-\d{8}\.csv"', answer["Content-Disposition"]
    )
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == ",".join(HEADINGS)
    assert lines[1] == f"{firm.credit_code},'=cmd|' /C calc'!A0,济南市,济南环保产业园,,待核实,"


def test_an_export_keeps_the_filters_of_the_list(keeper):
    make_enterprise(name="甲", status="closed")
    make_enterprise(name="乙")
    assert "甲" not in export(keeper, CSV, "?status__exact=confirmed").content.decode()


def test_demonstration_data_says_so_in_the_export(keeper):
    make_enterprise(is_demonstration=True)
    assert export(keeper, CSV).content.decode().rstrip().endswith(",已确认,示例数据")


def test_an_export_leaves_out_cities_out_of_scope(city):
    make_enterprise(make_city("370700"))
    kept = make_enterprise(city)
    dataset = EnterpriseResource(cities=City.objects.filter(pk=city.pk)).export()
    assert dataset.dict[0]["企业名称"] == kept.name
    assert len(EnterpriseResource().export()) == 0


def test_an_export_keeps_the_order_of_the_list_across_chunks(keeper, monkeypatch):
    monkeypatch.setattr(background, "CHUNK", 2)
    for name in ("甲", "乙", "丙", "丁", "戊"):
        make_enterprise(name=name)
    content = export(keeper, XLSX, "?o=-2").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    found = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == sorted(found, reverse=True)
    assert len(found) == 5


names = st.tuples(
    st.sampled_from(["", "=", "+", "-", "@", "＝", "＠", "'", "'=", "\u200b="]),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=50,
    ),
).map(lambda parts: "".join(parts).strip())


@given(st.lists(names.filter(bool), min_size=1, max_size=3))
@hypothesis_settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_exported_and_imported_again_is_the_same(city, found):
    Enterprise.objects.all().delete()
    firms = [make_enterprise(name=name) for name in found]
    resource = EnterpriseResource(cities=City.objects.all())
    exported = resource.export()
    for file_format in (RegisterCsv(), RegisterXlsx()):
        content = file_format.write(exported.headers, exported)
        dataset = dataset_of(content)
        assert dataset["企业名称"] == [firm.name for firm in firms]
        result = resource.compare(dataset, reason="x")
        assert not result.refused()
        assert len(result.unchanged()) == len(firms)
    cells = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()
    assert not [cell for row in cells for cell in row if cell.data_type == "f"]
