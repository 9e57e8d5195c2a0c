"""Where the browser goes on to after a file was received."""

from django.http import JsonResponse
from django.shortcuts import redirect


def go_to(request, address: str):
    """Return where the browser goes on: as JSON for our script, which shows how much is sent."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"address": address}, status=201)
    return redirect(address)
