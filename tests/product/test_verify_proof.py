"""A proof of the demonstration's targets holds, and any other proof does not."""

import ast
import copy
import io
import sys
from contextlib import redirect_stdout
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests import verify_estimate, verify_proof
from tests.factories import make_user
from tests.indicators.story_rows import write_both_targets

Q4 = "2025Q4"
SHARE, COUNT = "cluster-output-share", "firms-over-100m"
# The conclusions of a share that verify_estimate recomputes, and those that say no number.
BY_ESTIMATE = {"weight", "estimate"}
UNCHECKED = {"reported_only", "certain_withdrawn", "no_estimate", "attainment"}


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """The demonstration's rows without its workbooks, once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        write_both_targets()
        # What is not committed is never analyzed by itself: each query would take half a second.
        connection.cursor().execute("ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def proofs(written, db, client):
    """Ask for a proof of the story as an official does."""
    client.force_login(make_user("official"))
    return lambda code, period=Q4, **day: client.get(
        f"/api/v1/indicators/{code}/proof/", {"period": period} | day
    ).json()


def holds(program, proof):
    """Whether a program finds that a proof holds; what it cannot read does not."""
    with redirect_stdout(io.StringIO()):
        try:
            return program.main(proof) == 0
        except (ArithmeticError, KeyError, TypeError, ValueError):
            return False


def amounts(part):
    """Every record of a proof that has an amount."""
    if isinstance(part, dict):
        if part.get("amount") is not None:
            yield part
        for inner in part.values():
            yield from amounts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from amounts(inner)


def another(value):
    """Another value of the same kind."""
    if isinstance(value, list):
        return value[1:] if value else ["370100"]
    if value is None or not isinstance(value, str):
        return (value or 0) + 1
    try:
        return str(Decimal(value) + Decimal("0.01"))
    except ArithmeticError:
        return "another"


class TestBothTargets:
    @pytest.mark.parametrize("code", [SHARE, COUNT])
    @pytest.mark.parametrize(
        ("period", "day"),
        [(Q4, {}), ("2024Q4", {}), ("2025Q3", {}), (Q4, {"as_of": "2026-01-19"}), ("2023Q2", {})],
    )
    def test_hold(self, proofs, code, period, day):
        proof = proofs(code, period, **day)

        assert holds(verify_proof, proof)
        assert code == COUNT or holds(verify_estimate, proof)

    def test_say_what_the_issue_says_of_the_last_quarter(self, proofs):
        share, count = (proofs(code)["concluded"] for code in (SHARE, COUNT))

        assert share["certain_high"].startswith("0.5325075568")
        assert share["weight"].startswith("0.83985")
        assert share["break_even_amount"] == "26405141635.00"
        assert share["break_even_growth"].startswith("0.387")
        assert (count["certain_low"], count["break_even_firms"]) == ("286", 14)

    @pytest.mark.parametrize("code", [SHARE, COUNT])
    def test_fail_with_any_other_amount(self, proofs, code):
        proof = proofs(code)
        changed = list(amounts([proof["cities"], proof["enterprises"]]))

        assert len(changed) > 100
        for one in changed:
            was, one["amount"] = one["amount"], str(Decimal(one["amount"]) + Decimal("0.01"))
            assert not holds(verify_proof, proof), one
            one["amount"] = was
        assert holds(verify_proof, proof)

    @pytest.mark.parametrize("code", [SHARE, COUNT])
    def test_fail_without_any_one_city(self, proofs, code):
        proof = proofs(code)
        for n in range(16):
            less = copy.deepcopy(proof)
            del less["cities"][n]
            assert not holds(verify_proof, less), n

    def test_fail_with_any_city_moved_in_or_out_of_the_numerator(self, proofs):
        proof = proofs(SHARE)
        for n in range(16):
            moved = copy.deepcopy(proof)
            moved["cities"][n]["in_numerator"] = not moved["cities"][n]["in_numerator"]
            assert not holds(verify_proof, moved), n

    @pytest.mark.parametrize("code", [SHARE, COUNT])
    def test_fail_with_another_target(self, proofs, code):
        proof = proofs(code)
        proof["target"]["value"] = another(proof["target"]["value"])

        assert not holds(verify_proof, proof)

    def test_fail_with_another_baseline_before_the_deadline(self, proofs):
        proof = proofs(SHARE, "2024Q4")
        proof["baseline"]["value"] = another(proof["baseline"]["value"])

        assert not holds(verify_proof, proof)

    @pytest.mark.parametrize("code", [SHARE, COUNT])
    @pytest.mark.parametrize("period", [Q4, "2024Q4"])
    def test_fail_with_any_other_conclusion(self, proofs, code, period):
        proof = proofs(code, period)
        checked = proof["concluded"].keys() - UNCHECKED - BY_ESTIMATE
        assert len(checked) == 13
        for name in checked:
            other = copy.deepcopy(proof)
            other["concluded"][name] = another(other["concluded"][name])
            assert not holds(verify_proof, other), name

    def test_fail_with_another_estimate_or_weight(self, proofs):
        proof = proofs(SHARE)
        places = [(proof["concluded"], "weight")]
        places += [(proof["concluded"]["estimate"], end) for end in ("low", "centre", "high")]
        places += [
            (city["estimate"], end)
            for city in proof["cities"]
            if city["estimate"]
            for end in ("low", "centre", "high")
        ]
        assert len(places) == 13
        for record, name in places:
            was, record[name] = record[name], str(Decimal(record[name]) * Decimal("1.0001"))
            assert not holds(verify_estimate, proof), name
            record[name] = was
        assert holds(verify_estimate, proof)


@pytest.mark.parametrize("program", [verify_proof, verify_estimate])
def test_the_programs_use_nothing_but_the_standard_library(program):
    tree = ast.parse(Path(program.__file__).read_text())
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported
    assert imported <= sys.stdlib_module_names


def test_the_program_that_recomputes_a_proof_is_short():
    assert len(Path(verify_proof.__file__).read_text().splitlines()) < 80
