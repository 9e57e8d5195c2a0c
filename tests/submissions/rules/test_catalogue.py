import ast
import re
from pathlib import Path

import pytest

from submissions.rules.catalogue import CATALOGUE, Severity, register
from submissions.rules.rule import RULES
from submissions.validation import checking

FILL_IN = re.compile(r"%(?!\([a-z_]+\)s)")


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_entry_says_what_is_wrong_and_what_to_do(code):
    entry = CATALOGUE[code]
    assert entry.severity == {"E": Severity.MANDATORY, "W": Severity.ADVISORY}[code[0]]
    for text in (entry.message, entry.remedy, entry.rationale, entry.example):
        assert str(text).strip().endswith((".", "。"))
        assert not FILL_IN.search(str(text))
    assert "%(" not in entry.general_message + entry.general_remedy


def test_rules_come_with_their_reasons():
    assert len(checking.REASONS) == 5


def test_a_code_is_used_once():
    with pytest.raises(ValueError, match="E151 is in the catalogue already"):
        register("E151", Severity.MANDATORY, "a", "b")


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_a_sentence_and_a_test_named_after_its_code(code):
    assert RULES[code].__doc__
    tests = [
        node.name
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
    ]
    assert [name for name in tests if name.startswith(f"test_{code.lower()}_")]
