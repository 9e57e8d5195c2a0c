"""The request that is being answered, for what is recorded and logged far below its view."""

from contextvars import ContextVar

from django.http import HttpRequest

current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
