"""Check the figures without this program: python check_chain.py FILE; exit 0 if the chain holds."""

# fmt: off
import hashlib
import json
import sys
from pathlib import Path


def sha256(lines):
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def first_fault(links):
    """Return what is wrong with the first link that does not hold; None if all hold."""
    previous = "0" * 64
    for number, one in enumerate(links, start=1):
        named = [one[k] for k in ("sequence", "city", "period", "published_at", "recorded_at")]
        begins = f"{one['city']} {one['period']} {one['published_at']}"
        where = f"publication {one['sequence']}, {one['city']} {one['period']}"
        if one["sequence"] != str(number):
            return f"{where}: number {number} is missing"
        if one["figures"][0] != begins or sha256(one["figures"]) != one["figures_hash"]:
            return f"{where}: its figures are not those of its hash"
        if one["previous_hash"] != previous:
            return f"{where}: it does not follow the one before"
        previous = sha256([*named, one["figures_hash"], previous])
        if one["chain_hash"] != previous:
            return f"{where}: its own hash is another"
    return None


if __name__ == "__main__":
    links = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    fault = first_fault(links)
    head = links[-1] if links else {"sequence": "0", "chain_hash": "0" * 64}
    print(fault or f"{head['sequence']} publications, head {head['chain_hash']}")
    sys.exit(bool(fault))
