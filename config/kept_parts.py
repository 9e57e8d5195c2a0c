"""
Parts of pages that are drawn once and then kept, in this process: a template builtin.

    {% kept "overview" snapshot mark %} … {% endkept %}   of one snapshot; dies with it
    {% kept_everywhere "head" %} … {% endkept %}          the same on every page

A kept part is shown to another reader only if they have the same scope of cities, permissions,
language and address; rights are read anew with each request, so that one taken away counts at
once. Nothing personal may stand in a part: no name of the reader, and no form, for its token is
the reader's own (refused here). Parts of an address that asks for more than ?period= and ?as_of=
are drawn each time.
"""

from weakref import WeakKeyDictionary

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

register = template.Library()

VIEWPOINT = {"period", "as_of"}
# Parts of one snapshot. Beyond it the oldest goes: addresses are many, memory is not.
AT_MOST = 200
TOKEN = "csrfmiddlewaretoken"  # noqa: S105


class Everywhere:
    """Stands for the snapshot where a part needs none."""


EVERYWHERE = Everywhere()
_parts: WeakKeyDictionary = WeakKeyDictionary()


def forget() -> None:
    """Forget every part: for tests."""
    _parts.clear()


def reader_key(request) -> tuple | None:
    """Return what a page may depend on beside the figures; None if it must not be kept."""
    if request is None or request.method != "GET" or not request.GET.keys() <= VIEWPOINT:
        return None
    scope, user = request.scope_key, request.user
    # Compared, because scope_key is lazy and so never is None itself.
    if scope == None:  # noqa: E711
        return None
    permissions = getattr(user, "permission_lines", None)
    flags = (user.is_authenticated, user.is_staff, user.is_superuser)
    return (request.get_full_path(), get_language(), tuple(scope), permissions, *flags)


class Kept(template.Node):
    """A part of a page, drawn once for each key."""

    def __init__(self, name, arguments, nodes, everywhere):
        self.name, self.arguments, self.nodelist = name, arguments, nodes
        self.everywhere = everywhere

    def render(self, context):
        """Return the part as it was drawn, or draw it."""
        holder, key = self.place(context)
        if key is None:
            return self.nodelist.render(context)
        parts = _parts.setdefault(holder, {})
        if (drawn := parts.get(key)) is not None:
            return drawn
        drawn = self.nodelist.render(context)
        if TOKEN in drawn:
            raise template.TemplateSyntaxError(f"A form stands in the kept part {self.name}.")
        while len(parts) >= AT_MOST:
            parts.pop(next(iter(parts)))
        parts[key] = mark_safe(drawn)  # noqa: S308
        return parts[key]

    def place(self, context):
        """Return the holder of the part and its key there; no key if it must not be kept."""
        if self.everywhere:
            return EVERYWHERE, (self.name, get_language())
        reader = reader_key(context.get("request"))
        holder, *marks = [argument.resolve(context) for argument in self.arguments]
        return holder or EVERYWHERE, reader and (self.name, reader, *marks)


@register.tag
def kept(parser, token):
    """Keep what stands within: the name, the snapshot or None, and what else it depends on."""
    return _kept(parser, token, everywhere=False)


@register.tag
def kept_everywhere(parser, token):
    """Keep what stands within, which is the same for everybody and on every page."""
    return _kept(parser, token, everywhere=True)


def _kept(parser, token, *, everywhere):
    _tag, name, *arguments = token.split_contents()
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(name, [parser.compile_filter(one) for one in arguments], nodes, everywhere)
