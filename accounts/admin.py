"""Accounts, their roles and cities. Nobody can give here what they do not have themselves."""

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import account_keeper
from accounts.forms import AccountForm
from accounts.models import CityAssignment, User
from accounts.roles import ROLES
from accounts.sessions import end_sessions_of
from accounts.signing_in.throttle import unlock
from accounts.views.admin_sign_in import admin_sign_in
from accounts.views.password_change import OwnPassword
from accounts.views.password_link import make_link
from accounts.views.sign_out import SignOut
from audit.acts import Act
from audit.proposals.two_people_admin import TwoPeople
from audit.recording import record
from audit.templatetags.audit import address_of
from foundation.record_admin import ReadOnlyAdmin

admin.site.site_header = _("311 Tracker: keeping the records")
admin.site.site_title = _("311 Tracker")
admin.site.index_title = _("Records")
# The one page of each act: Django's own would record nothing and end no other session.
admin.site.login = admin_sign_in
admin.site.logout = SignOut.as_view()
admin.site.password_change = OwnPassword.as_view()
admin.site.unregister(Group)


class RoleFilter(admin.SimpleListFilter):
    """Accounts of one role, by the role's name in the reader's language."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [(role.key, role.name) for role in ROLES.values()]

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class CityAssignmentInline(admin.TabularInline):
    model = CityAssignment
    extra = 0


class DepartmentInline(admin.TabularInline):
    """The department that somebody reports for."""

    # By its name: no app imports those above it.
    model = apps.get_model("measures", "DepartmentMember")
    extra = 0


@admin.register(User)
class AccountAdmin(TwoPeople, UserAdmin):
    """Accounts: rights are given by two, passwords are set by their owners."""

    form = add_form = AccountForm
    change_form_template = add_form_template = "admin/accounts/change_form.html"
    inlines = [CityAssignmentInline, DepartmentInline]
    list_display = ["username", "full_name", "roles", "is_active", "last_login"]
    list_filter = ["is_active", RoleFilter, "assignments__city", "is_demonstration"]
    search_fields = ["username", "first_name", "last_name"]
    filter_horizontal = []
    actions = ["unlock"]
    readonly_fields = ["is_demonstration", "last_login", "date_joined", "audit_trail"]
    fieldsets = [
        (None, {"fields": ["username", "must_change_password"]}),
        (_("Person"), {"fields": ["last_name", "first_name", "email"]}),
        (_("What the account may do"), {"fields": ["is_active", "groups"]}),
        (
            _("Kept by the system"),
            {"fields": ["last_login", "date_joined", "audit_trail", "is_demonstration"]},
        ),
        (None, {"fields": ["reason"]}),
    ]
    superuser_fieldsets = [*fieldsets, (_("Superuser"), {"fields": ["is_superuser"]})]
    add_fieldsets = [
        (None, {"fields": ["username", "last_name", "first_name", "email", "groups", "reason"]})
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user):
        return f"{user.last_name}{user.first_name}"

    @admin.display(description=_("roles"))
    def roles(self, user):
        names = [group.name for group in user.groups.all()]
        return "、".join(str(ROLES[name].name) if name in ROLES else name for name in names)

    @admin.display(description=_("audit trail"))
    def audit_trail(self, user):
        """Return the links to what was done to the account, and by its user."""
        by_the_user = f"{reverse('audit')}?{urlencode({'user': user.username})}"
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            address_of(user),
            _("what was done to this account"),
            by_the_user,
            _("what its user did"),
        )

    def get_fieldsets(self, request, obj=None):
        """Return the fields; only a superuser makes a superuser. Permissions come from roles."""
        if obj and request.user.is_superuser:
            return self.superuser_fieldsets
        return super().get_fieldsets(request, obj)

    def get_urls(self):
        """Return the addresses: no form sets a password, a page makes a link that does."""
        name = "accounts_user_password_link"
        view = self.admin_site.admin_view(self.password_link)
        others = [one for one in super().get_urls() if one.name != "auth_user_password_change"]
        return [path("<path:object_id>/password-link/", view, name=name), *others]

    def password_link(self, request, object_id):
        """Make a link that sets the account's password, or propose it."""
        account = self.get_object(request, unquote(object_id))
        if account is None:
            raise Http404
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        return make_link(request, account)

    def has_change_permission(self, request, obj=None):
        """Return whether one may change an account: nobody their own, only superusers theirs."""
        if obj and obj.pk == request.user.pk:
            return False
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        # What somebody did stays theirs: an account is deactivated.
        return False

    def needs_two_people(self, before, after):
        """Return whether rights would change, or the account could sign in again."""
        return account_keeper.needs_two_people(before, after)

    def save_directly(self, request, form, formsets, change, before, after):
        """Save what gives nobody rights: a name, a deactivation, an account without a role."""
        user = form.instance
        if not change:
            user.set_unusable_password()
        super().save_directly(request, form, formsets, change, before, after)
        if not user.is_active:
            end_sessions_of(user)
        act = Act.ACCOUNT_CHANGED if change else Act.ACCOUNT_ADDED
        record(act, user, before=before or None, after=after, why=form.cleaned_data["reason"])

    @admin.action(description=_("Unlock after wrong passwords"), permissions=["change"])
    def unlock(self, request, queryset):
        count = sum(unlock(user) for user in queryset)
        message = ngettext("%(count)s account unlocked.", "%(count)s accounts unlocked.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin):
    """The roles are said in accounts/roles.py; here one can read them."""

    list_display = ["role", "purpose"]
    list_display_links = None
    fields = ["role", "purpose"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(name__in=ROLES)

    @admin.display(description=_("role"))
    def role(self, group):
        return ROLES[group.name].name

    @admin.display(description=_("purpose"))
    def purpose(self, group):
        return ROLES[group.name].purpose
