"""Who builds what."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid
from clearspan.core.web import actor_of, must, page, perform
from clearspan.stages.development import upkeep
from clearspan.stages.development.actions import change_team, create_team, set_upkeep_words
from clearspan.stages.development.forms.teams import TeamForm
from clearspan.stages.development.models import Team
from clearspan.stages.development.queries.teams import WEEKS
from clearspan.stages.development.queries.teams import teams as read_teams
from clearspan.stages.development.rules import admins, works_on
from clearspan.ui.numbers import plural


def teams(request: HttpRequest, product: Product) -> HttpResponse:
    """Every team with what it has in hand; the words by which upkeep is told."""
    actor = actor_of(request)
    form = TeamForm(actor, request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.perform(request, create_team, product=product, **form.cleaned_data) is not None:
        return redirect("teams", product.key)
    rows = read_teams(actor, product, timezone.localdate())
    ours = [row for row in rows if row.team is not None]
    answer = f"{plural(len(ours), 'team')} {'builds' if len(ours) == 1 else 'build'} {product}."
    context = {
        "product": product,
        "rows": rows,
        "weeks": WEEKS,
        "form": form,
        "answer": answer if ours else f"No team builds {product} yet.",
        "may": works_on(actor, {"product": product}),
        "upkeep": upkeep.words(),
        "may_say_upkeep": admins(actor, {}),
    }
    crumbs = [("Development", reverse("development", args=[product.key])), ("Teams", "")]
    return page(request, "development/teams.html", context, place="development", crumbs=crumbs)


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What a team is called, and whose people it is."""
    actor = actor_of(request)
    team: Team | None = Team.objects.visible_to(actor).filter(product=product, pk=pk).first()
    if team is None:
        raise Http404("no such team")
    must(actor, change_team, team=team)
    initial = {"name": team.name, "function": team.function, "supplier": team.supplier}
    form = TeamForm(actor, request.POST or None, initial=initial)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.perform(request, change_team, team=team, **form.cleaned_data) is not None:
        return redirect("teams", product.key)
    crumbs = [
        ("Development", reverse("development", args=[product.key])),
        ("Teams", reverse("teams", args=[product.key])),
        (team.name, ""),
    ]
    context = {"product": product, "form": form, "team": team}
    return page(request, "development/team_form.html", context, place="development", crumbs=crumbs)


@require_POST
def say_upkeep(request: HttpRequest, product: Product) -> HttpResponse:
    """The words by which upkeep is told, one a line."""
    said = [line.strip() for line in request.POST.get("words", "").splitlines() if line.strip()]
    try:
        perform(request, set_upkeep_words, words=said)
    except Invalid as error:
        messages.error(request, f"Nothing was changed: {error}.")
    return redirect("teams", product.key)
