"""Who am I, what was done; and, in the sample company, who else I may be."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from clearspan.core.models import User

HERE = ("127.0.0.1", "::1")


@login_not_required
@require_POST
def switch_person(request: HttpRequest) -> HttpResponse:
    """Becomes another person of the sample company: only there, and only from this very machine."""
    if not settings.DEMO or request.META.get("REMOTE_ADDR") not in HERE:
        raise PermissionDenied("one may be somebody else only in the sample company, from this machine")
    person = get_object_or_404(User, pk=request.POST.get("person", ""), is_active=True)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("today")
