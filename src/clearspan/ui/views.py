"""The page of patterns, and the pages of errors."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from clearspan.ui import samples
from clearspan.ui.figure import taken


@login_not_required
def patterns(request: HttpRequest) -> HttpResponse:
    """Each part in each of its states; needs no row of the database."""
    shown = samples.context()
    return taken(request, shown["figures"].values()) or render(request, "ui/patterns.html", shown)


@login_not_required
def found(request: HttpRequest) -> JsonResponse:
    """What the pattern of a field that finds as one types is answered."""
    words = request.GET.get("q", "").lower()
    return JsonResponse([name for name in samples.NAMES if words in name.lower()], safe=False)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 403, reason=str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Set as CSRF_FAILURE_VIEW. What was written is a step back in the browser, and drafts are kept there too."""
    return _error(request, 403, template="csrf")


def _error(request: HttpRequest, status: int, *, template: str = "", reason: str = "") -> HttpResponse:
    """Errors speak without the shell: whatever failed must not be asked again to say that it failed."""
    return render(request, f"ui/errors/{template or status}.html", {"reason": reason, "shell": None}, status=status)
