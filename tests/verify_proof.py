"""Recompute a share's or count's proof: python -m tests.verify_proof FILE; exit 0 if it holds."""

# fmt: off
import json
import re
import sys
from fractions import Fraction
from math import floor, inf, nan
from pathlib import Path


def total(cities, *keys, unknown=0):
    return sum(next((Fraction(c[k]["amount"]) for k in keys if c[k]), unknown) for c in cities)

def break_even(silent, part, whole, line):
    inside = [c for c in silent if c["in_numerator"]]
    last, last_inside = (total(some, "year_before", unknown=nan) - total(some, "year_before_floor")
                         for some in (silent, inside))
    rises = last_inside / last if 0 < len(inside) < len(silent) else Fraction(bool(inside))
    left = (line * whole - part) / (rises - line) if silent else 0
    growth = left / last - 1 if last == last and last else None
    return (left + total(silent, "floor"), left, growth) if left > 0 else (None,) * 3

def standing(doc, pace, value, projected=False):
    target, word, wanted = doc["target"], "cannot_judge", doc["target"]["comparator"]
    aim, yellow, red = map(Fraction, (target["value"], *target["bands"]))
    met = {">=": value >= aim, ">": value > aim, "<=": value <= aim, "<": value < aim}[wanted]
    if pace is not None:
        behind = (pace - value) / (aim - Fraction(doc["baseline"]["value"])) * 100
        word = ["on_pace", "slightly_behind", "behind", "seriously_behind"][
            (behind > 0) + (behind >= yellow) + (behind > red)]
    if doc["period"] >= target["period"] and word != "seriously_behind":
        word = "cannot_judge" if met else "behind"
    return "achieved" if met and not projected else word

def recomputed(doc):
    """Return by name what follows; estimates (see verify_estimate) and records are taken over."""
    cities, target, is_count = doc["cities"], doc["target"], doc["kind"] == "count"
    silent, aim = [c for c in cities if not c["is_reported"]], Fraction(target["value"])
    base, due = Fraction((doc["baseline"] or target)["value"]), target["way_due"]
    pace = base + Fraction(due) * (aim - base) if due else None
    line = aim if pace is None or doc["period"] >= target["period"] else pace
    inside, rest = ([c for c in cities if bool(c["in_numerator"]) is x] for x in (True, False))
    c, r = (total(some, "reported", "floor") for some in (inside, rest))
    c_most, r_most = (total(some, "reported", "ceiling", unknown=inf) for some in (inside, rest))
    low, high = (a / (a + b) if 0 < a + b < inf else None for a, b in ((c, r_most), (c_most, r)))
    over = {(e["city"], e["enterprise"]) for e in doc["enterprises"]
            if Fraction(e["amount"] or 10**30) > Fraction(doc["threshold"])}
    low, high = (len(over), None if silent else len(over)) if is_count else (low, high)
    turned = break_even(silent, c, c + r, line)
    fewest = floor(line) + 1 if target["comparator"] == ">" else -floor(-line)
    projected, top = doc["judged"] == "projection", inf if is_count else 1
    likely = doc["given"]["projection"] if projected else doc["concluded"]["estimate"]
    ends = {standing(doc, pace, x) for x in (low or 0, top if projected or high is None else high)}
    hoped = {standing(doc, pace, Fraction(likely[end]), projected) for end in ("low", "high")
             if doc["given"]["record_allows"]} if likely and likely["low"] else ()
    sure, hope = (min(some) if len(some) == 1 else "cannot_judge" for some in (ends, hoped))
    taken = len(ends) == 1 or (projected and not silent)
    return {"control_total": sum(map(Fraction, re.findall('"amount": "(.*?)"', json.dumps(doc)))),
        "missing": [c["code"] for c in silent], "expected": len(cities), "pace": pace,
        "value": None if silent else low, "certain_low": low, "certain_high": high,
        "break_even_amount": turned[0], "break_even_remaining": turned[1],
        "break_even_growth": turned[2], "break_even_firms":
        max(fewest - low, 0) or None if silent and is_count else None,
        "standing": sure if len(ends) == 1 else hope if taken else "cannot_judge",
        "expected_standing": None if taken or hope == "cannot_judge" else hope}

def main(doc):
    faults = 0
    for name, value in recomputed(doc).items():
        said = doc["concluded"][name]
        exact = said is None or not isinstance(value, int | Fraction)
        same = said == value if exact else abs(Fraction(said) - value) <= abs(value) / 10**20
        faults += not same
        print("holds" if same else f"DOES NOT HOLD ({value} recomputed):", name, said)
    return int(faults > 0)

if __name__ == "__main__":
    sys.exit(main(json.loads(Path(sys.argv[1]).read_text())))
