"""The forms of one's own password and of accounts."""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, UsernameField
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import ROLES
from accounts.roles_in_database import refuse_excluding
from foundation.record_admin import KeepsOthersChanges, reason_field


class OwnPasswordForm(PasswordChangeForm):
    """A user's own change of password. It ends the duty to change it."""

    def clean_new_password1(self):
        new = self.cleaned_data.get("new_password1")
        if new and self.user.check_password(new):
            raise ValidationError(_("The new password must differ from the old one."))
        return new

    def save(self, commit=True):
        self.user.must_change_password = False
        self.user.one_time_until = None
        return super().save(commit)


class RoleChoiceField(forms.ModelMultipleChoiceField):
    """The roles, each with what it is for."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        role = ROLES.get(group.name)
        return format_html("{} – {}", role.name, role.purpose) if role else group.name


class AccountForm(KeepsOthersChanges):
    """An account: who, which roles. Its password is its owner's: no form shows or sets it."""

    groups = RoleChoiceField(
        Group.objects.filter(name__in=ROLES),
        required=False,
        label=_("Roles"),
        help_text=_("Whoever has none may sign in and see the totals only."),
    )
    reason = reason_field(help_text=_("Stored in the audit trail: who asked for it, and why."))

    class Meta:
        model = User
        fields = (
            *("username", "last_name", "first_name", "email", "must_change_password"),
            *("is_active", "groups", "is_superuser"),
        )
        field_classes = {"username": UsernameField}

    def clean_groups(self):
        """Refuse roles that exclude each other."""
        groups = self.cleaned_data["groups"]
        refuse_excluding([group.name for group in groups])
        return groups
