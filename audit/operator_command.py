"""Base of the commands that an operator runs: each leaves an event with its arguments."""

import logging
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from audit.acts import Act
from audit.models import ActOutcome
from audit.recording import record
from audit.request import in_command

logger = logging.getLogger(__name__)

# Django's own, and where output goes: they say nothing of what was done.
NOT_TOLD = {
    *("force_color", "no_color", "pythonpath", "settings", "skip_checks", "traceback"),
    *("verbosity", "stdout", "stderr"),
}


class OperatorCommand(BaseCommand):
    """A command that is recorded as a task, with its arguments, and how it ended."""

    def execute(self, *args, **options):
        """Run the command and record it; one that fails is recorded with its reason."""
        token = in_command.set(True)
        try:
            output = super().execute(*args, **options)
            record(Act.TASK_RUN, after=self._told(options))
        except SystemExit as ended:
            # It was run, and its exit code says what it found.
            record(Act.TASK_RUN, after=self._told(options) | {"exit": ended.code})
            raise
        except Exception as failure:
            self._record_failure(options, failure)
            raise
        finally:
            in_command.reset(token)
        return output

    def _record_failure(self, options: dict, failure: Exception) -> None:
        """Record why a command has failed, where there is a table to record it in."""
        why = str(failure) if isinstance(failure, CommandError) else type(failure).__name__
        try:
            with transaction.atomic():
                told = self._told(options)
                record(Act.TASK_RUN, outcome=ActOutcome.REFUSED, after=told, why=why)
        except DatabaseError:
            logger.warning("the run of a command could not be recorded: %s", type(failure).__name__)

    def _told(self, options: dict) -> dict:
        """Return the command's name and arguments; passwords are never arguments."""
        name = self.__class__.__module__.rpartition(".")[2]
        told = {
            key: str(value) if isinstance(value, Path) else value
            for key, value in options.items()
            if key not in NOT_TOLD and value not in (None, False, "", [])
        }
        return {"command": name} | told
