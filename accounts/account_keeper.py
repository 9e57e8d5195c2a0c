"""
Accounts: what of them needs two people, and what follows when it is confirmed.

Roles, cities, being superuser, reactivation, and a new password for province staff. No
administrator types or reads a password: they hand over a link that sets one, once. Where a
second person must confirm, that person gets the link: who proposes chooses whose and when, and
would otherwise need only an inattentive colleague to sign in as a reviewer.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.db import models
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import CityAssignment, User
from accounts.roles import ROLES
from accounts.roles_in_database import enters_admin_site
from accounts.sessions import end_sessions_of
from audit.acts import Act
from audit.models import ProposedAct, ProposedChange
from audit.proposals import keepers, records
from audit.proposals.records import Record
from audit.recording import record

# By its name: no app imports those above it.
DepartmentMember = apps.get_model("measures", "DepartmentMember")
RIGHTS = {"groups", "is_superuser", ""}


def needs_two_people(before: list[Record], after: list[Record]) -> bool:
    """Return whether rights would be given or taken, or the account would sign in again."""
    differing = records.differing_names(before, after)
    if not before:
        return bool(after[0]["fields"].get("groups") or after[1:])
    if "is_active" in differing and after[0]["fields"]["is_active"]:
        return True
    return bool(RIGHTS & differing)


class AccountKeeper(keepers.Keeper):
    """The rules of accounts."""

    def may_decide(self, user: Any, proposal: ProposedChange) -> bool:
        """Return whether a user may decide: of a superuser only another one."""
        of_superuser = any(
            state and state[0]["fields"].get("is_superuser")
            for state in (proposal.before, proposal.after)
        )
        of_superuser |= User.objects.filter(
            pk=proposal.object_id or None, is_superuser=True
        ).exists()
        may = super().may_decide(user, proposal)
        return may and (user.is_superuser or not of_superuser)

    def concerned(self, proposal: ProposedChange) -> set[str]:
        """Return the key of the account."""
        return {proposal.object_id} - {""}

    def effect(self, proposal: ProposedChange) -> list[str]:
        """Return what the person could do, and could no longer."""
        if proposal.act == ProposedAct.PASSWORD_LINK:
            return [
                _("Whoever opens the link sets a new password for this account."),
                _("The link is shown once to who confirms, who hands it over."),
            ]
        before, after = (_roles(state) for state in (proposal.before, proposal.after))
        found = [
            _("May do then: %(role)s – %(purpose)s")
            % {"role": ROLES[key].name, "purpose": ROLES[key].purpose}
            for key in after
            if key not in before
        ]
        found += [
            _("May no longer do: %(role)s") % {"role": ROLES[key].name}
            for key in before
            if key not in after
        ]
        if self._gets_a_link(before, after, proposal):
            found.append(
                _("A password that was set before is void. Who confirms gets a link to hand over.")
            )
        return [*found, _("The open sessions of this account end.")]

    @staticmethod
    def _gets_a_link(before: list[str], after: list[str], proposal: ProposedChange) -> bool:
        was_staff = any(ROLES[key].whole_province for key in before)
        return not proposal.before or (not was_staff and bool(set(after) - set(before)))

    def put_in_force(
        self, proposal: ProposedChange, *, by: Any, reason: str
    ) -> tuple[models.Model, str]:
        """Store it and what follows: sessions end, the password of who gets a role is void."""
        if proposal.act == ProposedAct.PASSWORD_LINK:
            user = User.objects.get(pk=proposal.object_id)
            return user, link_for(user, by=by, why=reason)
        stored, _nothing = super().put_in_force(proposal, by=by, reason=reason)
        user = User.objects.get(pk=stored.pk)
        user.is_staff = enters_admin_site(user)
        before, after = (_roles(state) for state in (proposal.before, proposal.after))
        handed_over = self._gets_a_link(before, after, proposal)
        if handed_over:
            # It may be known to who made the account, or a link for it may be open.
            user.set_unusable_password()
        user.save(update_fields=["is_staff", "password"])
        end_sessions_of(user)
        self._record(proposal, user, by=by, why=reason)
        return user, link_for(user, by=by, why=reason) if handed_over else ""

    @staticmethod
    def _record(proposal: ProposedChange, user: User, *, by: Any, why: str) -> None:
        """Store in the audit what the account was before and is now, in names."""
        before, after = (_in_names(state) for state in (proposal.before, proposal.after))
        act = Act.ACCOUNT_CHANGED if proposal.before else Act.ACCOUNT_ADDED
        record(act, user, by=by, before=before, after=after, why=why)
        rights = ("roles", "cities", "departments")
        if not before or any(before.get(key) != after.get(key) for key in rights):
            record(Act.ROLES_CHANGED, user, by=by, before=before, after=after, why=why)


def link_for(user: User, *, by: Any, why: str) -> str:
    """Return the path of a link that sets a user's password once; the audit keeps who got it."""
    record(Act.PASSWORD_LINK_MADE, user, by=by, why=why)
    key = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("password_link", args=[key, default_token_generator.make_token(user)])


def state_of(user: User) -> list[Record]:
    """Return what a proposal of a link rests on: the account's name and roles."""
    return keepers.keeper_of("accounts.user").stands(user, ["username", "groups", "is_active"])


def _roles(state: list[Record]) -> list[str]:
    """Return the keys of a state's roles."""
    keys = state[0]["fields"].get("groups", []) if state else []
    return sorted(Group.objects.filter(pk__in=keys, name__in=ROLES).values_list("name", flat=True))


def _in_names(state: list[Record]) -> dict[str, Any] | None:
    """Return an account's state as the audit keeps it: roles and cities by name."""
    if not state:
        return None
    kept = {name: value for name, value in state[0]["fields"].items() if name != "groups"}
    departments = _slugs(state, DepartmentMember, "department")
    return kept | {
        "roles": _roles(state),
        "cities": _slugs(state, CityAssignment, "city"),
        **({"departments": departments} if departments else {}),
    }


def _slugs(state: list[Record], part: type[models.Model], name: str) -> list[str]:
    """Return the slugs of the cities, or of the departments, of a state; sorted."""
    keys = [one["fields"][name] for one in state[1:] if records.model_of(one) is part]
    found = part._meta.get_field(name).related_model.objects.in_bulk(keys)
    return sorted(one.slug for one in found.values())


keepers.register(
    "accounts.user", AccountKeeper([(CityAssignment, "user"), (DepartmentMember, "user")])
)
records.register_name(
    "auth.group",
    lambda group: ROLES[group.name].name if group.name in ROLES else group.name,
    called=gettext_lazy("Roles"),
)
