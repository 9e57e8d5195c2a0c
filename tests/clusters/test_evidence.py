"""What a city's words refer to as evidence."""

import pytest

from clusters.evidence import references


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("已建成，见《竣工验收报告》。", ("《竣工验收报告》",)),
        ("《建设方案》（济环发〔2024〕12号）已印发", ("《建设方案》（济环发〔2024〕12号）",)),
        (
            "依据济环发〔2024〕12号、济发改字[2023]第7号",
            ("济环发〔2024〕12号", "济发改字[2023]第7号"),
        ),
        (
            "公示：https://www.example.gov.cn/art/1.html。",
            ("https://www.example.gov.cn/art/1.html",),
        ),
        ("《甲方案》，又见《甲方案》", ("《甲方案》",)),
        ("已完成工程量约50%。", ()),
        ("", ()),
    ],
)
def test_names_titled_documents_numbers_and_addresses(text, found):
    assert references(text) == found
