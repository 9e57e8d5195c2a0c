"""Emptying a database that holds nothing but the demonstration."""

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils.translation import gettext as _

from config.deploy.one_setup import one_setup_at_a_time
from submissions.demonstration import loading
from submissions.models import Batch
from submissions.refused import Refused

# Who writes to one of these waits, and then finds no table.
WATCHED = "submissions_submission, submissions_batch, enterprises_enterprise, accounts_user"
FUNCTIONS = """
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS (
        SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e'
    )
"""


def empty() -> None:
    """
    Drop every table, in one transaction. Raises Refused beside anything real.

    Not row by row: the database refuses to delete what is frozen.
    """
    with one_setup_at_a_time(), connection.schema_editor() as editor:
        if connection.vendor == "postgresql":
            editor.execute(f"LOCK TABLE {WATCHED} IN ACCESS EXCLUSIVE MODE")
        refuse_with_real_data()
        tables = [connection.ops.quote_name(one) for one in connection.introspection.table_names()]
        if connection.vendor == "postgresql":
            editor.execute(f"DROP TABLE {', '.join(tables)} CASCADE")
            with connection.cursor() as cursor:
                cursor.execute(FUNCTIONS)
                functions = [name for (name,) in cursor.fetchall()]
            for name in functions:
                editor.execute(f"DROP FUNCTION {name}")
        else:
            for table in tables:
                editor.execute(f"DROP TABLE {table}")


def refuse_with_real_data() -> None:
    """Raise Refused if there is anything besides the demonstration, or no demonstration."""
    loading.refuse_with_real_data()
    accounts = get_user_model().objects
    real = accounts.filter(is_demonstration=False).order_by("username")
    if names := ", ".join(real.values_list("username", flat=True)[:10]):
        raise Refused(
            _("There are real accounts here: %(names)s. Nothing was removed.") % {"names": names}
        )
    # The demonstration has no batches: one that is here holds files that a user brought.
    if batch := Batch.objects.first():
        raise Refused(
            _(
                "Files were brought here as the batch “%(batch)s”; they are no part of the "
                "demonstration. Nothing was removed. Set up another database beside this one."
            )
            % {"batch": batch}
        )
    if not accounts.exists():
        raise Refused(_("There is no demonstration here. Nothing was removed."))
