"""The forms of passwords and accounts."""

from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    PasswordChangeForm,
    UserChangeForm,
)
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.one_time_password import hand_over
from accounts.roles import ROLES


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


class HandedOverPasswordForm(AdminPasswordChangeForm):
    """A password that an administrator sets for somebody: known to two, so to be changed."""

    def save(self, commit=True):
        hand_over(self.user)
        return super().save(commit)


class RoleChoiceField(forms.ModelMultipleChoiceField):
    """The roles, each with what it is for."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        role = ROLES.get(group.name)
        return format_html("{} – {}", role.name, role.purpose) if role else group.name


class AccountForm(UserChangeForm):
    """An account: who, which roles."""

    groups = RoleChoiceField(
        Group.objects.filter(name__in=ROLES),
        required=False,
        label=_("Roles"),
        help_text=_("Whoever has none may sign in and see the totals only."),
    )


class NewAccountForm(AdminUserCreationForm):
    """A new account. The administrator knows its first password, so it must be changed."""

    groups = RoleChoiceField(Group.objects.filter(name__in=ROLES), required=False, label=_("Roles"))

    def save(self, commit=True):
        hand_over(self.instance)
        return super().save(commit)
