"""Webhooks among the settings, for admins alone: what there is, what it tells, and how each delivery went."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from clearspan.catalogue.models import Product
from clearspan.core import history
from clearspan.core.actor import Actor
from clearspan.core.settings_pages import settings_page
from clearspan.core.web import actor_of, perform
from clearspan.interfaces.webhooks import words
from clearspan.interfaces.webhooks.actions import change_webhook, create_webhook, renew_webhook_secret
from clearspan.interfaces.webhooks.forms import WebhookForm
from clearspan.interfaces.webhooks.models import Delivery, Webhook

PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """Every webhook."""
    actor = _admin(request)
    hooks = list(Webhook.objects.visible_to(actor).select_related("owner"))
    context = {"hooks": [(hook, words.tells(hook)) for hook in hooks], "answer": words.of_list(hooks)}
    return settings_page(request, "webhooks/list.html", "webhooks", context)


def new(request: HttpRequest) -> HttpResponse:
    """One more. Its secret is shown on the next page, once."""
    actor = _admin(request)
    form = WebhookForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.perform(request, create_webhook, **form.given())
        if done is not None:
            return _show_secret(request, done.result)
    context = {"form": form, "answer": "Whom shall we tell?", "save": "Make the webhook", "back": reverse("webhooks")}
    return _form(request, form, context, "New")


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What it tells, and how the last deliveries went."""
    actor = _admin(request)
    row = _row(actor, pk)
    log = Delivery.objects.visible_to(actor).filter(webhook=row).select_related("event").order_by("-pk")
    secret = request.session.pop("webhook_secret", None)
    products = Product.objects.visible_to(actor).filter(pk__in=row.products)
    context = {
        "row": row, "answer": words.of_hook(row), "tells": words.tells(row),
        "products": ", ".join(map(str, products)) or ("those its owner sees" if not row.products else "none you see"),
        "page": Paginator(log, PAGE).get_page(request.GET.get("page")),
        "secret": secret["secret"] if secret and secret["webhook"] == row.ref else None,
        "events": history.of(actor, row, limit=8),
    }  # fmt: skip
    return settings_page(request, "webhooks/one.html", "webhooks", context, (row.name, ""))


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it goes and what it tells, said otherwise."""
    actor = _admin(request)
    row = _row(actor, pk)
    form = WebhookForm(actor, request.POST or None, initial=WebhookForm.initial_of(row))
    sent = request.method == "POST" and form.is_valid()
    if sent and form.perform(request, change_webhook, webhook=row, **form.given()) is not None:
        return redirect("webhook", pk)
    context = {"form": form, "answer": row.name, "save": "Keep", "back": reverse("webhook", args=[pk]), "row": row}
    return _form(request, form, context, row.name)


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret, shown on the next page, once."""
    row = _row(_admin(request), pk)
    return _show_secret(request, perform(request, renew_webhook_secret, webhook=row).result)


def _show_secret(request: HttpRequest, made: dict[str, Any]) -> HttpResponse:
    request.session["webhook_secret"] = {"webhook": made["webhook"].ref, "secret": made["secret"]}
    return redirect("webhook", made["webhook"].pk)


def _form(request: HttpRequest, form: WebhookForm, context: dict[str, Any], crumb: str) -> HttpResponse:
    status = 422 if form.errors else 200
    return settings_page(request, "webhooks/form.html", "webhooks", context, (crumb, ""), status=status)


def _admin(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.is_admin:
        raise Http404("nothing here")
    return actor


def _row(actor: Actor, pk: int) -> Webhook:
    row: Webhook | None = Webhook.objects.visible_to(actor).filter(pk=pk).select_related("owner").first()
    if row is None:
        raise Http404("no such webhook")
    return row
