from django.contrib import admin

from submissions.models import Submission

# Identifiers of the stored file and of a repeated upload.
OUR_OWN = {"stored_as", "client_key", "sha256"}


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin):
    """Read only: acts on a submission have pages of their own."""

    list_display = ["city", "period", "version", "status", "uploaded_at", "decided_at"]
    list_filter = ["status", "period", "city"]
    search_fields = ["city__name", "period__code", "filename"]
    list_select_related = ["city", "period"]
    ordering = ["-period__code", "city__code", "-version"]

    def has_add_permission(self, request):
        """Return False: a submission comes from a file."""
        return False

    def has_change_permission(self, request, obj=None):
        """Return False: a submission is never edited."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Return False: a submission is never deleted."""
        return False

    def get_readonly_fields(self, request, obj=None):
        """Return every field but technical identifiers, non-editable ones included."""
        return [field.name for field in self.model._meta.fields if field.name not in OUR_OWN]
