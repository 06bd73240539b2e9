"""What the pages of briefs say in words."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.stages.briefs.queries import Read
from clearspan.ui.numbers import day, plural


def of_list(rows: Sequence[Read]) -> str:
    """The first line: which audiences could be told something that was not sent yet."""
    news = [row.audience.name.lower() for row in rows if row.has_news]
    if not news:
        return "Every audience was sent what is so today."
    if len(news) == len(rows):
        return "No audience was sent what is so today."
    names = f"{', '.join(news[:-1])} and {news[-1]}" if len(news) > 1 else news[0]
    return f"{names[:1].upper()}{names[1:]} could be told something new."


def under(found: Read) -> str:
    """How the brief stands to its facts, and to what was sent."""
    parts, sent = [], found.sent
    if found.changed:
        stand = "stands" if len(found.changed) == 1 else "stand"
        parts.append(f"{plural(len(found.changed), 'paragraph')} written by hand {stand} on facts that have changed.")
    if sent is None:
        parts.append("It was not sent yet.")
    elif found.has_news:
        parts.append(f"It says something else than version {sent.number}, sent on {day(sent.created_at.date())}.")
    else:
        parts.append(f"It was sent as it reads, on {day(sent.created_at.date())}, to {people(len(sent.to))}.")
    return " ".join(parts)


def people(number: int) -> str:
    """ "1 person"; "12 people"."""
    return plural(number, "person", "people")
