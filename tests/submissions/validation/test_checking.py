import pytest

from clusters.models import CityReturn
from enterprises.models import Enterprise
from submissions.models import Submission
from submissions.rules.catalogue import Severity
from submissions.rules.template_signature import stamp
from submissions.validation.checking import check
from submissions.workbook.contents import Fault, Reading
from submissions.workbook.limits import FINDINGS
from tests.factories import make_city, make_clusters, make_enterprise, make_period
from tests.submissions.rules.workshop import block, code, codes, firm, measures, park, reading


@pytest.fixture
def found(city):
    """Return the violations of a reading, for Jinan's third quarter, with firms 1-3 registered."""
    for number in (1, 2, 3):
        make_enterprise(city, credit_code=code(number), name=f"企业{number}")
    period = make_period()

    def look(looked_at):
        return check(looked_at, city=city, period=period)

    return look


def test_a_clean_workbook_has_no_findings(found):
    assert found(reading(enterprises=[firm(1), firm(2), firm(3)])) == []


def test_a_file_that_could_not_be_read_has_its_fault_and_no_other(found):
    only = found(Reading(faults=[Fault("E102")]))
    assert codes(only) == ["E102"]
    assert only[0].severity == Severity.MANDATORY
    assert only[0].message


def test_findings_come_by_file_then_sheet_then_row(found):
    faults = [
        Fault("E146", "企业明细", "D6", "约12", {"column": "环保业务产值"}),
        Fault("W139", params={"heading": "城市汇总"}),
        Fault("W127", "旧表"),
    ]
    lines = [
        firm(1, revenue=-5, name="别名"),
        firm(2, output_value=None, rd_expenditure=-1),
        firm(1, credit_code=code(1)[:-1]),
        *(firm(3, remark=f"{n}") for n in range(10)),
    ]
    looked_at = reading(enterprises=lines, city=measures(employees=-1), faults=faults)
    places = [(each.sheet, each.cell) for each in found(looked_at)]
    assert places[:7] == [
        (None, None),
        ("城市汇总", "C10"),
        ("企业明细", "B5"),
        ("企业明细", "E5"),
        ("企业明细", "D6"),
        ("企业明细", "G6"),
        ("企业明细", "A7"),
    ]
    rows = [int(cell[1:]) for sheet, cell in places[2:-1]]
    assert rows == sorted(rows)
    assert places[-1] == ("旧表", None)
    assert found(looked_at) == found(looked_at)


def test_advisory_findings_are_explained_in_their_row_and_mandatory_ones_never(found):
    lines = [firm(1, name="别名", remark="改名"), firm(2, revenue=-1, remark="红字"), firm(9)]
    answers = {each.code: each.explained for each in found(reading(enterprises=lines))}
    assert answers == {"W154": "改名", "E180": "", "W152": ""}


def test_advisory_faults_of_the_reader_are_explained_in_their_row_too(found):
    faults = [Fault("W191", "企业明细", "D5", "0.123456789", {"column": "产值", "rounded": "1"})]
    looked_at = reading(enterprises=[firm(1, remark="四舍五入")], faults=faults)
    assert [each.explained for each in found(looked_at)] == ["四舍五入"]


def test_thousands_of_findings_are_cut_mandatory_ones_first(found):
    lines = [firm(n) for n in range(10, FINDINGS + 20)]
    lines[-1]["revenue"] = -1
    cut = found(reading(enterprises=lines, city=measures(output_value=10**15, revenue=10**15)))
    assert len(cut) == FINDINGS + 1
    assert cut[0].code == "E192"
    assert cut[0].params == {"found": str(FINDINGS + 11), "kept": str(FINDINGS)}
    assert codes(cut).count("E180") == 1


def test_answered_findings_are_not_cut(found):
    """A city's first workbook: no firm is registered, and every line is explained."""
    lines = [firm(n, remark="首次填报") for n in range(10, FINDINGS + 20)]
    every = found(reading(enterprises=lines, city=measures(output_value=10**15, revenue=10**15)))
    assert set(codes(every)) == {"W152"}
    assert len(every) == FINDINGS + 10


def test_faults_beyond_the_readers_limit_are_counted(found):
    faults = [
        Fault("E146", "企业明细", f"D{n}", "x", {"column": "y"}) for n in range(5, FINDINGS + 5)
    ]
    faults.append(Fault("E192", params={"found": "9000", "kept": str(FINDINGS)}))
    lines = [firm(1, revenue=-1)]
    cut = found(reading(enterprises=lines, faults=faults))
    assert (cut[0].code, cut[0].params["found"]) == ("E192", "9001")
    assert len(cut) == FINDINGS + 1


def test_checking_writes_nothing(found, django_assert_max_num_queries):
    make_clusters()
    looked_at = reading(
        enterprises=[firm(1), firm(7)], parks=[park()], blocks=[block("新", category="创新中心")]
    )
    with django_assert_max_num_queries(8) as queries:
        found(looked_at)
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)
    assert (Enterprise.objects.count(), CityReturn.objects.count()) == (3, 0)
    assert not Submission.objects.exists()


def test_another_citys_enterprise_reveals_no_fact_of_the_register(found):
    make_enterprise(make_city("370200"), credit_code=code(8), name="青岛某某公司")
    refused = found(reading(enterprises=[firm(1), firm(8)]))
    assert codes(refused) == ["E153"]
    assert refused[0].severity == Severity.MANDATORY
    assert "青岛" not in refused[0].message + refused[0].remedy


def test_another_citys_template_is_the_only_finding(found):
    looked_at = reading(enterprises=[firm(1, revenue=-5)], reporter="青岛市生态环境局")
    looked_at.stamp = stamp(make_city("370200"), make_period())

    assert codes(found(looked_at)) == ["E136"]
