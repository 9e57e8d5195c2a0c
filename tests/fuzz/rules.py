"""Every rule on a reading, for a city that knows the firms, parks and blocks of the sound files."""

from submissions.rules.context import Category
from submissions.rules.rule import Violation
from submissions.validation.checking import RULES
from submissions.workbook.contents import Reading
from tests.submissions.rules import workshop

KNOWN = {
    "parks": {name: name for name in ("示例园区", "示例园区甲", "示例园区乙")},
    "categories": {
        "研究院": Category("研究院", is_open=False, contents={"1个研究院"}),
        "专业园区": Category("专业园区", is_open=False, contents={"专业园区1", "专业园区2"}),
    },
}


def raised(reading: Reading) -> list[Violation]:
    """Return what the rules say. Raises whatever they do, or their texts when filled in."""
    context = workshop.context(reading, **KNOWN)
    found = [each for rule in RULES for each in rule(reading, context)]
    assert all(each.message and each.remedy for each in found)
    return found
