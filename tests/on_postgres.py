"""
What runs on PostgreSQL beside SQLite: what can come out differently there, and why.

Everything else asks Django's ORM for what both databases answer alike, or asks no database, and is
run once. A file is listed by its name, wherever it lies; a new file whose tests name locks,
constraints or SQL must be listed (test_on_postgres.py).
"""

from pathlib import Path

HERE = Path(__file__).parent

WHY = {
    "every page, download and API answer as every role: all queries are planned and typed": [
        "test_city_scope.py",
    ],
    "locks, several people at once, a process killed, a connection lost": [
        "test_admin_pages.py",
        "test_any_order.py",
        "test_at_once.py",
        "test_background.py",
        "test_changed_at_once.py",
        "test_cut_short.py",
        "test_database_gone.py",
        "test_deciding.py",
        "test_deployed_meanwhile.py",
        "test_five_people.py",
        "test_full_disk.py",
        "test_issuing.py",
        "test_killed.py",
        "test_manage_refused.py",
        "test_queue.py",
        "test_reaping.py",
        "test_two_people_admin.py",
        "test_workers.py",
        "test_worker_processes.py",
        "test_restored.py",
    ],
    "COPY, JSON and columns of a fixed length, whatever a workbook holds": [
        "test_keeping.py",
        "test_middleware.py",
        "test_trail.py",
        "test_impossible_values.py",
        "test_throttle.py",
        "test_rates.py",
        "test_checking.py",
        "test_receiving.py",
        "test_loading.py",
        "test_many_faults.py",
        "test_publishing.py",
        "test_actions.py",
        "test_staging.py",
    ],
    "constraints and triggers, and a transaction that goes on after one refused": [
        "test_answers.py",
        "test_ledger.py",
        "test_returns.py",
        "test_deferring.py",
        "test_evidence_files.py",
        "test_established_result.py",
        "test_forecasts.py",
        "test_notes.py",
        "test_paper.py",
        "test_plans.py",
        "test_preview.py",
        "test_preview_equals_acceptance.py",
        "test_withdrawing.py",
        "test_record_admin.py",
        "test_target.py",
        "test_error_handlers.py",
    ],
    "sums, counts, latest rows and years picked out by the database": [
        "test_snapshot_reader.py",
        "test_briefings.py",
        "test_context.py",
        "test_evidence.py",
        "test_firm_history.py",
        "test_growth.py",
        "test_membership.py",
        "test_movement.py",
        "test_obligations.py",
        "test_on_record.py",
        "test_plan_ledger.py",
        "test_reporting_period.py",
        "test_restatements.py",
        "test_rule_log.py",
        "test_previous_explanations.py",
        "test_scorecard.py",
        "test_templatetags.py",
        "test_trace.py",
        "test_versions.py",
        "test_viewpoint.py",
    ],
    "searching, sorting and comparing of text; where empty values stand in an order": [
        "test_admin.py",
        "test_city_list.py",
        "test_enterprise.py",
        "test_firms.py",
        "test_inbox.py",
        "test_register.py",
        "test_resources.py",
        "test_rules.py",
        "test_tiers.py",
    ],
    "queries of its own: sessions, rights, versions of the data": [
        "test_views.py",
        "test_data_version.py",
        "test_proof.py",
        "test_roles_in_database.py",
        "test_sessions.py",
        "test_sign_in.py",
    ],
    "triggers, guards and constraints; bytes; a file of the whole database": [
        "test_backup.py",
        "test_chain.py",
        "test_checks.py",
        "test_guards.py",
        "test_originals.py",
        "test_squashed_migrations.py",
    ],
    "figures once more, in SQL written by hand": [
        "test_recomputed_in_sql.py",
        "test_silent_cities_in_sql.py",
    ],
    "commands on a server's database: its state, its set-up, the benchmark's COPY": [
        "test_contenders.py",
        "test_first_start.py",
        "test_health.py",
        "test_load_demo.py",
        "test_one_setup.py",
        "test_site.py",
        "test_units.py",
    ],
}


def files() -> list[str]:
    """Return the paths of the listed files. Raises FileNotFoundError for one that is not there."""
    found = []
    for name in (name for names in WHY.values() for name in names):
        paths = sorted(HERE.rglob(name))
        if not paths:
            raise FileNotFoundError(f"{name}, listed in tests/on_postgres.py, is not there")
        found += map(str, paths)
    return found
