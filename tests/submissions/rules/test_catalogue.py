import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from submissions.rules.catalogue import CATALOGUE, FillIns, Severity, register
from submissions.rules.rule import RULES
from submissions.validation import checking

FILL_IN = re.compile(r"%(?!\([a-z_]+\)s)")


def faults_of(code) -> list[str]:
    """What is wrong with an entry."""
    entry, found = CATALOGUE[code], []
    if entry.severity != {"E": Severity.MANDATORY, "W": Severity.ADVISORY}[code[0]]:
        found.append(f"{code} is {entry.severity}")
    for name in ("message", "remedy", "rationale", "example"):
        text = str(getattr(entry, name))
        if not text.strip().endswith((".", "。")) or FILL_IN.search(text):
            found.append(f"{code}, {name}: {text}")
    if "%(" in entry.general_message + entry.general_remedy:
        found.append(f"{code}: in general it is filled in with nothing")
    return found


def test_every_entry_says_what_is_wrong_and_what_to_do():
    assert len(CATALOGUE) > 100
    assert [fault for code in CATALOGUE for fault in faults_of(code)] == []


def test_rules_come_with_their_reasons():
    assert len(checking.REASONS) == 8


def test_a_code_is_used_once():
    with pytest.raises(ValueError, match="E151 is in the catalogue already"):
        register("E151", Severity.MANDATORY, "a", "b")


def test_every_rule_has_a_sentence_and_a_test_named_after_its_code():
    tests = [
        node.name
        for path in Path(__file__).parent.rglob("test_*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
    ]

    def is_tested(code):
        return any(name.startswith(f"test_{code.lower()}_") for name in tests)

    assert RULES
    assert [code for code, rule in RULES.items() if not rule.__doc__ or not is_tested(code)] == []


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "2025年三季度"), ("en", "2025Q3")])
def test_a_quarter_in_a_sentence_is_named_in_the_readers_language(language, said):
    with translation.override(language):
        assert FillIns(period="2025Q3")["period"] == said
        assert FillIns(label="2025Q3报表")["label"] == "2025Q3报表"
