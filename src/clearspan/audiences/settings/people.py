"""People of the company and its customers: who is in, who is invited, what each may do."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clearspan.audiences.settings.common import admins, reader, settings_page, who_can
from clearspan.audiences.settings.forms import InviteForm, PersonForm
from clearspan.catalogue.models import ProductRole, SupplierContact
from clearspan.core import history
from clearspan.core.actor import Actor
from clearspan.core.lists import PAGE
from clearspan.core.models import Invitation, User
from clearspan.core.people import change_person, invite_person
from clearspan.core.second_factor import guarded, reset_second_factor, second_factors
from clearspan.core.web import must
from clearspan.ui.numbers import count, plural

WHO = (("", "people of the company"), ("customers", "customers and suppliers"), ("left", "may not sign in"))
WHO_ADMINS_ASK = (*WHO, ("unguarded", "without a second factor"))


def people(request: HttpRequest) -> HttpResponse:
    """Who is in, and who was invited. The link of a new invitation is shown here, once."""
    actor = reader(request)
    who, q = request.GET.get("who", ""), request.GET.get("q", "").strip()[:200]
    everybody = User.objects.visible_to(actor)
    of_us = everybody.filter(function__isnull=False, is_active=True)
    rows = {"customers": everybody.filter(function=None, is_active=True), "left": everybody.filter(is_active=False)}
    if actor.is_admin:
        rows["unguarded"] = of_us.exclude(pk__in=guarded())
    found = rows.get(who, of_us)
    if q:
        found = found.filter(Q(name__icontains=q) | Q(email__icontains=q))
    roles = ProductRole.objects.visible_to(actor).select_related("product", "role").order_by("product__name")
    shown = found.select_related("function").prefetch_related(Prefetch("roles", roles, "shown_roles"))
    invitations = Invitation.objects.visible_to(actor).filter(accepted_at=None, expires_at__gt=timezone.now())
    one_page = Paginator(shown.order_by("name", "pk"), PAGE).get_page(request.GET.get("page"))
    factors = second_factors(one_page) if actor.is_admin else {}
    context = {
        "page": one_page, "rows": [(person, factors.get(person.pk, "none")) for person in one_page],
        "invitations": list(invitations.select_related("function", "invited_by")[:PAGE]),
        "answer": _answer(of_us.count(), of_us.filter(is_admin=True).count()),
        "who": WHO_ADMINS_ASK if actor.is_admin else WHO, "chosen": who, "q": q,
        "may": actor.is_admin, "who_can": who_can(admins(actor)),
        "invited": request.session.pop("invited", None) if actor.is_admin else None,
    }  # fmt: skip
    return settings_page(request, "settings/people.html", "settings_people", context)


def invite(request: HttpRequest) -> HttpResponse:
    """Invites a person. Their link is kept for the next page only: Clearspan has no more than its hash."""
    actor = reader(request)
    must(actor, invite_person)
    form = InviteForm(actor, request.POST or None)
    if done := form.do(request, invite_person):
        link = request.build_absolute_uri(reverse("welcome", args=[done.result["secret"]]))
        request.session["invited"] = {"name": done.result["invitation"].name, "link": link}
        return redirect("settings_people")
    context = {
        "form": form, "answer": "Who is to come in?", "save": "Invite", "back": reverse("settings_people"),
        "lede": "You get a link to hand to them yourself. It opens once, for seven days; a newer one closes it.",
    }  # fmt: skip
    status = 422 if form.errors else 200
    return settings_page(request, "settings/form.html", "settings_people", context, ("Invite", ""), status=status)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: their function, rights and roles."""
    actor = reader(request)
    row = _person(actor, pk)
    form = PersonForm(actor, request.POST or None, initial=PersonForm.initial_of(row))
    if form.change(request, change_person, person=row):
        return redirect("settings_people")
    roles = ProductRole.objects.visible_to(actor).filter(person=row).select_related("product", "role")
    context = {
        "person": row,
        "form": form if actor.is_admin else None,
        "who_can": who_can(admins(actor)),
        "roles": list(roles.order_by("product__name")),
        "events": history.of(actor, row, limit=8),
        "factor": second_factors([row]).get(row.pk, "") if actor.is_admin else None,
        "may_reset": reset_second_factor.rule(actor, {"person": row}),
        "answer": f"{row.name}, {row.function or _of_whom(row)}"
        + (", may change settings." if row.is_admin else ".")
        + ("" if row.is_active else " May not sign in."),
    }
    status = 422 if form.errors else 200
    return settings_page(request, "settings/person.html", "settings_people", context, (row.name, ""), status=status)


def _person(actor: Actor, pk: int) -> User:
    row: User | None = User.objects.visible_to(actor).filter(pk=pk).select_related("function").first()
    if row is None:
        raise Http404("no such person")
    return row


def _of_whom(guest: User) -> str:
    contact = SupplierContact.objects.filter(person=guest).select_related("supplier").first()
    return f"of {contact.supplier}, a supplier" if contact else "a customer"


def _answer(people: int, admins: int) -> str:
    if people <= 1:
        return "You are alone here: invite those who decide with you."
    may = "one of them" if admins == 1 else f"{count(admins)} of them"
    return f"{plural(people, 'person', 'people')} of the company are here; {may} may change settings."
