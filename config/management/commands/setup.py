"""Migrate, load the plan's reference data and the roles, collect static files. Run it any time."""

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from accounts.roles_in_database import sync_roles
from audit import guards
from audit.operator_command import OperatorCommand
from config.deploy import reference_data, static_files
from config.deploy.checks import close_private_files
from config.deploy.database_owner import grant, owner_connected, refuse_unless_owner
from config.deploy.one_setup import one_setup_at_a_time


class Command(OperatorCommand):
    # The tables may not be there yet.
    requires_migrations_checks = False

    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Migrate, load the plan's reference data, collect static files; "
            "no accounts, no demonstration data."
        )

    def add_arguments(self, parser):
        words = _("leave the static files as they are")
        parser.add_argument("--no-static", dest="static", action="store_false", help=words)

    def handle(self, *, static, **options):
        with owner_connected(), one_setup_at_a_time():
            self.set_up()
        if static:
            static_files.collect()
        close_private_files()

    def set_up(self):
        """Make tables, reference data and roles, and say what was made."""
        waiting = waiting_migrations()
        if waiting or squashed_to_record():
            refuse_unless_owner()
            call_command("migrate", interactive=False, verbosity=0)
        # Where one is missing without a migration that is waiting.
        guards.make()
        try:
            made = reference_data.load()
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        sync_roles()
        grant()
        self.stdout.write(_("Database: migrations applied: %(count)s.") % {"count": waiting})
        if made.total():
            rows = ", ".join(
                f"{model._meta.verbose_name_plural} {count}"
                for model, count in made.items()
                if count
            )
            self.stdout.write(_("Reference data: added %(rows)s.") % {"rows": rows})
        else:
            self.stdout.write(_("Reference data: all there, nothing changed."))
        self.stdout.write(_("Roles: all there, with their permissions."))


def waiting_migrations() -> int:
    """Return how many migrations have not been applied yet."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def squashed_to_record() -> bool:
    """
    Return whether all that a squashed migration replaces is applied and itself is not recorded.

    `migrate` does that. Not recorded, it would be applied once the replaced files are gone.
    """
    recorded = MigrationRecorder(connections[DEFAULT_DB_ALIAS]).applied_migrations()
    replacing = MigrationLoader(None).replacements
    return any(
        key not in recorded and recorded.keys() >= set(one.replaces)
        for key, one in replacing.items()
    )
