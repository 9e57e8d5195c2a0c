import json

from submissions.rules.rule import Violation
from submissions.validation.reporting import as_json, as_text

FOUND = [
    Violation("E151", "企业明细", "A7", "9137", {"first": "A5"}),
    Violation("W160", "企业明细", None, None, {"name": "甲", "code": "9", "period": "2025Q2"}),
    Violation("E151", "企业明细", "A9", "9137", {"first": "A5"}),
    Violation("E102", None, None, None, {}),
]


def test_one_line_of_json_as_the_contract_has_it():
    line = as_json(
        file="报表.xlsx",
        city="370100",
        period="2025Q3",
        status="checked",
        lines=3,
        findings=FOUND[:2],
    )
    assert "\n" not in line
    assert json.loads(line) == {
        "file": "报表.xlsx",
        "city": "370100",
        "period": "2025Q3",
        "submission": None,
        "status": "checked",
        "lines": 3,
        "findings": [
            {
                "code": "E151",
                "severity": "mandatory",
                "sheet": "企业明细",
                "cell": "A7",
                "value": "9137",
                "message": "The enterprise stands in the table twice: in A5 and here.",
            },
            {
                "code": "W160",
                "severity": "advisory",
                "sheet": "企业明细",
                "cell": None,
                "value": None,
                "message": "甲 (9) reported in 2025Q2 and is missing now.",
            },
        ],
    }


def test_people_read_findings_by_code_with_one_remedy():
    lines = list(as_text(FOUND))
    assert [line for line in lines if line[0] in "EW"] == [
        "E102 [mandatory] × 1",
        "E151 [mandatory] × 2",
        "W160 [advisory] × 1",
    ]
    assert (
        "  企业明细!A9 “9137”: The enterprise stands in the table twice: in A5 and here." in lines
    )
    assert len([line for line in lines if line.startswith("  → ")]) == 3
