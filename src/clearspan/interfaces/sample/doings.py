"""What people of the sample company did this week, as real actions: so that history, audit and undo have something."""

from __future__ import annotations

from datetime import timedelta

from clearspan.core.actor import Actor
from clearspan.core.comments import comment
from clearspan.core.models import Event
from clearspan.core.undo import undo
from clearspan.interfaces.sample.content import words
from clearspan.interfaces.sample.rows import Rows
from clearspan.stages.evidence.actions.sorting import mark_sorted, put_away
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.actions.evidence import link_evidence
from clearspan.stages.opportunities.actions.needs import change_opportunity
from clearspan.stages.opportunities.models import Mention, Opportunity


def do(rows: Rows) -> None:
    """Two people sort what came in, two say something, and one thing is taken back."""
    marit, callum, gwen, lotte = (Actor(rows.people[key]) for key in ("marit", "callum", "gwen", "lotte"))
    first = Event.objects.count()
    for actor, product in ((marit, rows.products["rimewatch"]), (callum, rows.products["bayslot"])):
        waiting = Feedback.objects.filter(product=product, state=Feedback.State.NEW).order_by("said_at", "pk")
        _sort(actor, product.pk, waiting)
        chat = [title for titles in words()["silent_titles"].values() for title in titles]
        put_away(actor, feedback=list(waiting.filter(title__in=chat)[:2]) or list(waiting[:1]))
    mistaken = Feedback.objects.filter(product=rows.products["rimewatch"], state=Feedback.State.NEW).latest("said_at")
    done = mark_sorted.perform(marit, feedback=[mistaken])
    undo(marit, event=done.event)
    need = Opportunity.objects.get(product=rows.products["rimewatch"], title__startswith="Somebody must answer")
    change_opportunity(marit, opportunity=need, description=f"{need.description} Heard most from makers and caterers.")
    comment(gwen, about=need.ref, text="Two more this morning, one of them in tears. I have put both into the inbox.")
    comment(lotte, about=need.ref, text="Three prospects asked me for it at the fair, before I had said a word.")
    _spread(first)


def _sort(actor: Actor, product: int, waiting: object) -> None:
    """Links a few pieces whose words plainly speak of a need to it: those that quote what was quoted before."""
    done = 0
    for piece in waiting:  # type: ignore[attr-defined]  # a query set of feedback
        twin = Mention.objects.filter(opportunity__product=product, quote__in=_sentences(piece.text)).first()
        if twin is not None:
            link_evidence(actor, opportunity=twin.opportunity, feedback=[piece], quote=twin.quote, importance=3)
            done += 1
        if done == 4:
            return


def _sentences(text: str) -> list[str]:
    """The paragraphs of a text and its quotes: what may have been said word for word before."""
    parts = [part.strip() for part in text.replace("“", "\n").replace("”", "\n").split("\n")]
    return [part for part in parts if len(part) > 40]


def _spread(first: int) -> None:
    """Puts what was just done over the last day, so that it reads as a day's work."""
    events = list(Event.objects.order_by("id")[first:])
    for hours, event in enumerate(reversed(events), 1):
        event.at -= timedelta(hours=hours)
    Event.objects.bulk_update(events, ["at"])
