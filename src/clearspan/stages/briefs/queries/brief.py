"""A brief as it is read: what the facts say today, with what was written into it, and where the two have parted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from clearspan.catalogue.models import Product
from clearspan.core.actions import NotThere
from clearspan.core.actor import Actor
from clearspan.stages.briefs.facts import Facts
from clearspan.stages.briefs.models import Brief, BriefSending
from clearspan.stages.briefs.wording import FIRST, LEAD, Paragraph, assembled, first_line
from clearspan.stages.decisions.audiences import CUSTOMERS, Audience, open_to
from clearspan.ui.numbers import shorten

GONE = "Written by hand, of what is not named above any more"


@dataclass(frozen=True)
class Part:
    """A paragraph as it is read. `facts` is what is assembled today; "" when nothing is any more."""

    key: str
    heading: str
    text: str
    facts: str
    is_written: bool = False  # by hand
    has_changed: bool = False  # the facts, since it was written
    is_left_out: bool = False

    @property
    def is_gone(self) -> bool:
        """It was written into something that the facts no longer have."""
        return self.is_written and not self.facts and self.key != LEAD

    @property
    def begins(self) -> str:
        """Its first words: what the link beside it is called to who hears the page."""
        return shorten(self.text, 40)


@dataclass(frozen=True)
class Read:
    """A brief on a day, put together when its parts are asked for: a list of briefs needs little of most."""

    facts: Facts
    audience: Audience
    brief: Brief | None
    sent: BriefSending | None  # the newest

    @property
    def product(self) -> Product:
        return self.facts.product

    @property
    def today(self) -> date:
        return self.facts.today

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All, those that were left out too; what is sent has not those."""
        return tuple(self._each())

    def part(self, key: str) -> Part | None:
        """One of them; the first line and the lead without putting together the others."""
        alone = {FIRST: lambda: self._first, LEAD: lambda: _lead(self._edits)}
        return alone[key]() if key in alone else next((one for one in self.parts if one.key == key), None)

    @property
    def answer(self) -> str:
        """The first line."""
        return self._first.text

    @property
    def shown(self) -> list[Part]:
        """What is read of it, below the first line."""
        return [part for part in self.parts if part.key != FIRST and not part.is_left_out and part.text]

    @property
    def sections(self) -> list[tuple[str, list[Part]]]:
        """Heading to its paragraphs; the lead has no heading."""
        return [(heading, list(parts)) for heading, parts in groupby(self.shown, key=lambda part: part.heading)]

    @property
    def changed(self) -> list[Part]:
        return [part for part in self.parts if part.has_changed] if self._edits else []

    @cached_property
    def has_news(self) -> bool:
        """Whether it says something else than what was sent last. It is put together until it does, and no further."""
        if self.sent is None:
            return True
        at, sent = 0, self.sent.text
        for piece in _pieces(self._each()):
            if not sent.startswith(piece, at):
                return True
            at += len(piece)
        return at != len(sent)

    def _each(self) -> Iterator[Part]:
        """Its parts one after the other, each put together when it is asked for; those that are already are taken."""
        if "parts" in self.__dict__:
            return iter(self.parts)
        return _parts(self._first, assembled(self.facts, self.audience), self._edits)

    @cached_property
    def _first(self) -> Part:
        return _part(first_line(self.facts, self.audience), self._edits.get(FIRST))

    @property
    def _edits(self) -> dict[str, dict[str, str]]:
        """What was written, by the key of its paragraph."""
        return self.brief.edits if self.brief else {}


def brief(actor: Actor, product: Product, to: Audience, today: date) -> Read:
    """The brief of an audience. Raises NotThere when the actor may not look at it, or it would tell what is secret."""
    if to not in open_to(actor) or not actor.is_employee or (to == CUSTOMERS and product.is_confidential):
        raise NotThere(f"there is no brief for {to.name.lower()}")
    row = Brief.objects.visible_to(actor).filter(product=product, audience=to.key).first()
    return _read(Facts(actor, product, today), to, row)


def briefs(actor: Actor, product: Product, today: date) -> list[Read]:
    """Those of every audience that the actor may look at."""
    closed = {CUSTOMERS} if product.is_confidential else set()
    if not actor.is_employee:
        raise NotThere("briefs are read inside the company; what customers are told is sent to them")
    facts = Facts(actor, product, today)
    kept = {row.audience: row for row in Brief.objects.visible_to(actor).filter(product=product)}
    return [_read(facts, to, kept.get(to.key)) for to in open_to(actor) if to not in closed]


def markdown(found: Read) -> str:
    """All of it as Markdown, as it is sent."""
    return "".join(_pieces(found.parts))


def _pieces(parts: Iterable[Part]) -> Iterator[str]:
    """The Markdown of parts, piece by piece."""
    heading = ""
    for part in parts:
        if part.key == FIRST:
            yield f"# {part.text}"
        elif part.text and not part.is_left_out:
            if part.heading not in ("", heading):
                yield f"\n\n## {part.heading}"
            heading = part.heading
            yield f"\n\n{part.text}"
    yield "\n"


def _read(facts: Facts, to: Audience, row: Brief | None) -> Read:
    return Read(facts, to, row, row.sendings.first() if row else None)


def _parts(first: Part, facts: Iterable[Paragraph], edits: dict[str, dict[str, str]]) -> Iterator[Part]:
    """The first line, the lead, what the facts say in their order, and what was written into facts that are gone."""
    yield first
    yield _lead(edits)
    known = {FIRST, LEAD}
    for one in facts:
        known.add(one.key)
        yield _part(one, edits.get(one.key))
    for key, said in edits.items():
        if key not in known:
            is_left_out = not said["text"]
            yield Part(key, GONE, said["text"], "", True, bool(said["facts"]), is_left_out)


def _lead(edits: dict[str, dict[str, str]]) -> Part:
    text = edits.get(LEAD, {}).get("text", "")
    return Part(LEAD, "", text, "", is_written=bool(text), is_left_out=not text)


def _part(one: Paragraph, written: dict[str, str] | None) -> Part:
    if written is None:
        return Part(one.key, one.heading, one.text, one.text)
    return Part(
        one.key, one.heading, written["text"], one.text, is_written=True,
        has_changed=written["facts"] != one.text, is_left_out=not written["text"] and one.key != FIRST,
    )  # fmt: skip
