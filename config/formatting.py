"""How figures are written, on every page the same way. Template builtins: no {% load %}."""

from django import template

register = template.Library()
