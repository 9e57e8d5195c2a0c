"""The operation by which a squashed migration creates all models of an app."""

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory


class CreateModels(Operation):
    """
    Creates models in their order, as one CreateModel after another does.

    After each of those, Django makes anew every model of the state that is related to it, which is
    nearly all of them and most of the time of a first `migrate`. Here that is done once.
    """

    category = OperationCategory.ADDITION

    def __init__(self, models: list[CreateModel]) -> None:
        """Take one operation for each model; each refers only to those before it."""
        self.models = models

    def deconstruct(self):
        """Return what writes it into a migration again."""
        return self.__class__.__qualname__, [self.models], {}

    def state_forwards(self, app_label, state) -> None:
        """Add the models; those of the state are made anew when they are next asked for."""
        if "apps" in state.__dict__:
            del state.apps
        for one in self.models:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        """Create the tables."""
        for one in self.models:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        """Drop the tables, the last first."""
        for one in reversed(self.models):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name, app_label) -> bool:
        """Return whether a model is one of these, or one of these refers to it."""
        return any(one.references_model(name, app_label) for one in self.models)

    def describe(self) -> str:
        """Return what `migrate` and `sqlmigrate` say of it."""
        return f"Create models {', '.join(one.name for one in self.models)}"
