"""What is on record of things a target counts: three groups, each thing in one."""

from datetime import date

from clusters.models import Cluster
from indicators.estimates.figures import Thing
from indicators.results.on_record import record_clauses


def thing(name, is_established, evidence="文件"):
    day = date(2025, 1, 1) if is_established else None
    return Thing(Cluster(name=name, name_en=name), is_established, day, evidence)


def test_each_thing_is_in_one_group_and_no_record_is_not_a_no():
    things = [thing("A", True), thing("B", False), thing("C", None)]

    assert record_clauses(things) == [
        "established, by record: 1 of 3, 1 of them with evidence",
        "not established, by record: B",
        "nothing on record: C",
    ]


def test_what_is_established_without_evidence_is_counted_apart():
    things = [thing("A", True), thing("B", True, " ")]

    assert record_clauses(things) == ["established, by record: 2 of 2, 1 of them with evidence"]


def test_of_none_established_nothing_is_said_of_evidence():
    said = record_clauses([thing("A", None), thing("B", None)])
    assert said == ["established, by record: 0 of 2", "nothing on record: A and B"]


def test_a_few_are_named_and_the_others_counted():
    said = record_clauses([thing(name, False) for name in "ABCDE"])
    assert said[-1] == "not established, by record: A, B, C and 2 more"


def test_of_no_thing_nothing_is_said():
    assert record_clauses([]) == []
