"""
`python -m tests.benchmarks.plausibility.run`: what the plausibility rules question and find.

Prints for the demonstration, for a made-up history with heavy tails, and for its year of shocks:
the share of true lines questioned, and of planted errors found.
"""

import os

import django

AT_MOST = 0.03


def show(name: str, towns: list, *, year: int | None = None, after: int = 1) -> None:
    """Print the tables of one history."""
    truth = questioned(towns, year=year, after=after)
    print(
        f"\n{name}: {truth.questioned} of {truth.lines:,} true lines are questioned "
        f"({truth.share:.2%}, at most {AT_MOST:.0%}); totals of {truth.totals} of "
        f"{truth.returns} returns"
    )
    print("  " + ", ".join(f"{code} {n}" for code, n in sorted(truth.by_rule.items())))
    print(f"  {'planted error':<32}{'found':>10}   by")
    for kind, one in recalls(towns, year=year).items():
        by = ", ".join(f"{code} {n}" for code, n in one.by_rule.most_common(5))
        print(f"  {kind:<32}{one.found:>4} of {one.planted:<3}   {by}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.benchmarks.plausibility.histories import SHOCK_YEAR, demonstration, with_shocks
    from tests.benchmarks.plausibility.measuring import questioned, recalls

    show("Demonstration", demonstration())
    made = with_shocks()
    show("Made-up history", made)
    show(f"Its year of shocks, {SHOCK_YEAR}", made, year=SHOCK_YEAR)
