"""Every check, in the order in which they are run; a name of its own for each."""

from collections.abc import Iterator

from submissions.verification import chain, database, figures, originals, papers, snapshot, versions
from submissions.verification.discrepancy import Check, Discrepancy

CHECKS: dict[str, Check] = {
    "guards": database.missing_guards,
    "constraints": database.missing_constraints,
    "orphans": database.orphans,
    "originals-lost": originals.lost_originals,
    "originals": originals.changed_originals,
    "batch-files": originals.changed_batch_files,
    "one-in-force": versions.several_in_force,
    "versions": versions.gaps_in_versions,
    "four-eyes": versions.decided_by_their_own,
    "states": versions.states_without_their_times,
    "future": versions.published_in_the_future,
    "publications": versions.accepted_without_publication,
    "city-figures": figures.city_figures_unlike_their_cells,
    "enterprise-figures": figures.enterprise_figures_unlike_their_cells,
    "park-figures": figures.park_figures_unlike_their_cells,
    "task-reports": figures.task_reports_unlike_their_cells,
    "line-sums": figures.lines_unlike_their_sum,
    "figures-of-nobody": figures.figures_of_no_submission,
    "in-force-together": figures.in_force_unlike_the_submission,
    "chain": chain.broken_link,
    "chain-figures": chain.figures_unlike_their_hash,
    "ends": chain.ends_of_no_publication,
    "snapshot": snapshot.snapshot_unlike_the_tables,
    "paper-hashes": papers.papers_unlike_their_hash,
    "paper-chain": papers.papers_out_of_their_chain,
    "paper-numbers": papers.gaps_in_paper_numbers,
}
# Those of `verify --originals`.
OF_ORIGINALS = ("originals-lost", "originals", "batch-files")


def faults(names: tuple[str, ...] | None = None) -> Iterator[tuple[str, Discrepancy]]:
    """Yield each fault with the name of its check; names are the checks, all if None."""
    for name in names or CHECKS:
        for fault in CHECKS[name]():
            yield name, fault
