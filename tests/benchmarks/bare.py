"""The product's addresses, and beside them the least a Django page can do: the yardstick."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from config import urls

handler404, handler500 = urls.handler404, urls.handler500


@login_not_required
def bare(request):
    """Return a constant, past every middleware; asked without a cookie it needs no query."""
    return HttpResponse("bare")


urlpatterns = [path("bare/", bare), *urls.urlpatterns]
