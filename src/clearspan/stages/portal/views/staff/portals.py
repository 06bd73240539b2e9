"""A product's portal, opened and closed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of, must
from clearspan.stages.portal import actions
from clearspan.stages.portal.forms.staff import PortalForm
from clearspan.stages.portal.views.staff.common import portal_of, staff_page


def settings(request: HttpRequest, product: Product) -> HttpResponse:
    """Who may read it?"""
    must(actor_of(request), actions.set_up_portal, product=product)
    portal = portal_of(product)
    form = PortalForm(request.POST or None, initial=PortalForm.initial_of(portal))
    if form.do(request, actions.set_up_portal, product=product):
        return redirect("moderation", product.key)
    context = {"form": form, "answer": "It is open to anybody." if portal.is_open else "It is closed: nobody sees it."}
    status = 422 if form.errors else 200
    return staff_page(request, product, "portal/staff/settings.html", context, ("Settings", ""), status=status)
