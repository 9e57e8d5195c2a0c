import pytest
from django.core.signing import Signer

from submissions.rules.template_signature import SALT
from submissions.workbook.layout import TEMPLATE_VERSION
from tests.submissions.rules.workshop import firm, only, reading, violations


def stamped(*said):
    looked_at = reading(enterprises=[firm()])
    looked_at.stamp = Signer(salt=SALT).sign_object(list(said)) if said else None
    return looked_at


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(("370200", "2025Q3", TEMPLATE_VERSION), id="F-35 another city"),
        pytest.param(("370100", "2025Q2", TEMPLATE_VERSION), id="F-35 another quarter"),
        pytest.param(("370100", "2025Q3", TEMPLATE_VERSION - 1), id="F-35 an older version"),
    ],
)
def test_e136_the_template_is_another(said):
    found = only(violations(stamped(*said)), "E136")

    assert (found.sheet, found.cell) == (None, None)
    right = f"the right one is that of 济南市 for 2025Q3, version {TEMPLATE_VERSION}."
    assert found.message.endswith(right)
    assert found.remedy.startswith("Download the template of 济南市 for 2025Q3")


def test_the_template_that_was_used_is_named():
    found = only(violations(stamped("370200", "2025Q2", 0)), "E136")

    assert found.message.startswith(
        "The file was made from the template of 青岛 for 2025Q2, version 0;"
    )


def test_the_right_template_and_none_at_all_are_in_order():
    assert violations(stamped("370100", "2025Q3", TEMPLATE_VERSION)) == []
    assert violations(stamped()) == []


def test_w280_a_stamp_with_another_signature_is_said_and_asks_for_nothing():
    looked_at = stamped()
    looked_at.stamp = '["370200","2025Q3",1]:forged'

    [found] = violations(looked_at)
    assert (found.code, found.trial) == ("W280", True)
    assert "stamp in the hidden sheet does not hold" in found.message
