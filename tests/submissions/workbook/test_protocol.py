"""The protocol between the reading child and its parent."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.workbook import protocol
from submissions.workbook.contents import Fault, Line, Reading, SheetTable, Value

TEXTS = st.text(max_size=20)
AMOUNTS = st.none() | st.decimals(-(10**12), 10**12, places=2)


def sent_and_received(reading):
    return protocol.reading("\n".join(protocol.lines(reading, None)).encode())


@given(texts=st.lists(st.none() | TEXTS, min_size=1, max_size=4), amount=AMOUNTS, written=TEXTS)
def test_every_value_arrives_as_it_was_sent(texts, amount, written):
    table = SheetTable(
        "enterprises",
        "企业明细",
        Value("济南市", "A1", "济南市"),
        Value(None, "A2", "7—9月"),
        {"name": "B", "revenue": "E"},
        units={"revenue": "万元"},
    )
    for row, text in enumerate(texts, start=5):
        name = Value(text, f"B{row}", text or written)
        revenue = Value(amount, f"E{row}", written)
        table.lines.append(Line(row, {"name": name, "revenue": revenue}))
    label = Value("合计", "A9", "合 计")
    table.totals.append(Line(9, {"label": label, "revenue": Value(amount, "E9", written)}))
    faults = [Fault("E146", "企业明细", "E5", written, {"column": "x"}), Fault("W139")]
    reading = Reading({"enterprises": table}, faults, "xlsx")

    assert sent_and_received(reading) == reading


def test_dates_and_counts_arrive_as_they_were_sent():
    day = Value(date(2025, 6, 30), "E5", "2025年6月")
    blocks = SheetTable("blocks", "集群建设", columns={"planned_on": "E"})
    blocks.lines.append(Line(5, {"planned_on": day}))
    parks = SheetTable("parks", "园区进展", columns={"firms": "B"})
    parks.lines.append(Line(5, {"firms": Value(Decimal("12"), "B5", "12")}))
    reading = Reading({"blocks": blocks, "parks": parks})

    assert sent_and_received(reading) == reading


@given(st.binary(max_size=60))
def test_anything_else_is_an_invalid_message(garbage):
    with pytest.raises(protocol.InvalidMessage):
        protocol.reading(garbage)
