"""
`make bench`: our speed beside a peer's and a floor's, in one run.

Only ratios mean anything: the same machine is twice as fast one minute as the next. Each
comparison runs in a process of its own, on the embedded database and on a real PostgreSQL.
"""

import os
import subprocess
import sys
import tempfile

from tests.throwaway_postgres import Missing, postgres

COMPARISONS = [
    *("tests.benchmarks.intake", "tests.benchmarks.faults", "tests.benchmarks.rush"),
    "tests.benchmarks.ledger.run",
]
# Whole servers on a database that several workers read: of the production database alone.
SERVED = ["tests.benchmarks.pages"]


def compare(module: str, database: str, url: str = "") -> int:
    """Run one comparison on one database; return its exit code."""
    with tempfile.TemporaryDirectory(prefix="bench-") as data_dir:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "only for the benchmark",
            "DATA_DIR": data_dir,
            "DATABASE_URL": url,
        }
        if not url:
            environment.pop("DATABASE_URL")
        return subprocess.run(
            [sys.executable, "-m", module, database], env=environment, check=False
        ).returncode


def main() -> int:
    """Run every comparison on both databases; return 0 if all of them ran."""
    codes = [compare(module, "SQLite") for module in COMPARISONS]
    try:
        for module in [*COMPARISONS, *SERVED]:
            # A server for each: what one leaves behind would be found by the next.
            with postgres() as url:
                codes.append(compare(module, "PostgreSQL", url))
    except Missing as missing:
        print(missing)
        codes.append(1)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
