"""Letters to visitors, queued in the action's transaction. Each says why it comes and how to end it."""

from __future__ import annotations

from collections.abc import Iterable

from clearspan.core.mail import deliver
from clearspan.core.models import Company
from clearspan.stages.portal import limits, links
from clearspan.stages.portal.models import ChangelogEntry, Idea, Subscription, Telling, Visitor


def ask_to_confirm(visitor: Visitor, nonce: str, what: str) -> bool:
    """Asks the owner of an address whether it was they. Few to one address and few in all; False: none was sent."""
    if visitor.is_blocked or not limits.take(limits.LETTERS, visitor.key) or not limits.take(limits.ALL_LETTERS, ""):
        return False
    text = (
        f"Hello,\n\nsomebody, and we hope it was you, gave this address {what}. To say that it was you, open this "
        f"page within three days and press the button:\n\n{links.to_confirm(visitor, nonce)}\n\nIf it was not you, "
        f"leave it: nothing counts, and nothing more is sent.\n\n{Company.ours().name}"
    )  # fmt: skip
    _send(visitor.address, "Was it you?", text)
    return True


def declined(idea: Idea, words: str) -> None:
    """Tells who sent an idea why it is not published; nothing of a product that has become confidential."""
    if idea.visitor is None or idea.visitor.confirmed_at is None or idea.product.is_confidential:
        return
    text = (
        f"Hello{_name(idea.visitor.name)},\n\nthank you for “{idea.title}”. We have read it, and did not put it on the "
        f"list:\n\n{words}\n\n{Company.ours().name}, {idea.product}"
    )
    _send(idea.visitor.address, f"Your idea: {idea.title}", text)


def told(telling: Telling, address: str, name: str, idea: Idea | None) -> None:
    """Tells one person what became of what they asked."""
    where = f"\n\n{links.absolute('portal_idea', idea.product.key, idea.pk)}" if idea is not None else ""
    why = "\n\nYou get this once, because you asked for it." if idea is not None else "\n\nYou had asked us for it."
    text = f"Hello{_name(name)},\n\n{telling.text}{where}{why}\n\n{Company.ours().name}"
    _send(address, telling.subject, text)


def news(entry: ChangelogEntry, subscriptions: Iterable[Subscription]) -> None:
    """Sends a new entry of the changelog to those who want to hear of it."""
    where = links.absolute("portal_entry", entry.product.key, entry.pk)
    _to_each(subscriptions, f"New in {entry.product}: {entry.title}", f"{entry.text}\n\n{where}")


def moved(idea: Idea, words: str, subscriptions: Iterable[Subscription]) -> None:
    """Says to those who follow an idea what is new about it; nothing of a product that has become confidential."""
    if idea.product.is_confidential:
        return
    where = links.absolute("portal_idea", idea.product.key, idea.pk)
    _to_each(subscriptions, f"“{idea.title}”", f"{words}\n\n{where}")


def _to_each(subscriptions: Iterable[Subscription], subject: str, text: str) -> None:
    for one in subscriptions:
        end = links.to_unsubscribe(one)
        headers = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        _send(one.visitor.address, subject, f"{text}\n\nNo more of this: {end}", headers)


def _send(to: str, subject: str, text: str, headers: dict[str, str] | None = None) -> None:
    deliver.defer(to=to, subject=" ".join(subject.split())[:200], text=text, headers=headers)


def _name(name: str) -> str:
    return f" {name}" if name else ""
