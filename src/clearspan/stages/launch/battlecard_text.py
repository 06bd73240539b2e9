"""A battlecard in words: parts of Markdown, the same for the page, the print, the PDF and the file."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.catalogue import competing
from clearspan.catalogue.comparing import Compared
from clearspan.catalogue.queries.competition import Offered
from clearspan.engines import winloss
from clearspan.stages.launch.queries.battlecards import Battlecard
from clearspan.ui import pdf
from clearspan.ui.markdown import escape
from clearspan.ui.numbers import count, day, plural

Part = tuple[str, str]  # heading, Markdown


def answer(card: Battlecard) -> str:
    """ "Against Polarvane we win with “…”; they are better at “…”." In one sentence, what to hold on to."""
    name = card.competitor.name
    if not card.ahead and not card.behind:
        return f"How we stand against {name} is not compared yet."
    win = f"we win with “{card.ahead[0].title}”" if card.ahead else "nothing sets us apart that is known"
    lose = f"they are better at “{card.behind[0].title}”" if card.behind else "nothing known is better there"
    return f"Against {name} {win}; {lose}."


def freshness(card: Battlecard) -> str:
    """When anything of it was last seen, and what should be looked at again."""
    seen = f"Last seen {competing.ago(card.updated, card.today)}" if card.updated else "Nobody has looked yet"
    return f"{seen}. Look again at {_listed(card.stale)}." if card.stale else f"{seen}; nothing of it is old."


def parts(card: Battlecard) -> list[Part]:
    """What stands on the card, in the order in which a seller needs it."""
    one = card.competitor
    found = [
        ("Why we win", _both(one.weaknesses, _needs(card.ahead, one.pk))),
        ("Where they are better", _both(one.strengths, _needs(card.behind, one.pk))),
        ("What to say to that", one.reply.strip()),
        ("Price against price", _prices(card)),
        ("What shows it", _both(_quotes(card), _record(card))),
        ("Questions a buyer should put to them", one.landmines.strip()),
        ("News of them", _news(card)),
    ]
    return [(heading, body) for heading, body in found if body]


def markdown(card: Battlecard) -> str:
    """The whole card as a file."""
    head = [f"# Battlecard: {escape(card.competitor.name)}", escape(answer(card)), f"*{escape(freshness(card))}*"]
    return "\n\n".join([*head, *(f"## {heading}\n\n{body}" for heading, body in parts(card))]) + "\n"


def as_pdf(card: Battlecard) -> bytes:
    """The card on A4."""
    product = card.competitor.product
    kick = (str(product), "Battlecard", f"{card.today:%-d %B %Y}", "for our own people")
    return pdf.pdf(
        pdf.Document(
            title=f"Battlecard: {card.competitor.name}", kick=kick, answer=answer(card), lede=freshness(card),
            parts=tuple(pdf.Part(heading, body) for heading, body in parts(card)),
            foot=f"{product} · Battlecard: {card.competitor.name} · {card.competitor.ref}",
        )
    )  # fmt: skip


def _needs(rows: Sequence[Compared], competitor: int) -> str:
    """ "- **Know in time**: we yes, they partly (their manual, seen 3 weeks ago)"."""
    lines = []
    for row in rows:
        ours, theirs = row.standings[None], row.standings[competitor]
        note = f": {escape(theirs.note)}" if theirs.note else ""
        lines.append(
            f"- **{escape(row.title)}**: we {ours.get_says_display()}, they {theirs.get_says_display()}{note} "
            f"({escape(theirs.source)}, {day(theirs.seen_on)})"
        )
    return "\n".join(lines)


def _prices(card: Battlecard) -> str:
    if not card.theirs:
        return ""
    rows = [*((one, "Ours") for one in card.ours), *((one, "Theirs") for one in card.theirs)]
    lines = [f"| {who}: {escape(str(one.offer))} | {_cost(one, card)} |" for one, who in rows]
    return "\n".join(["| Offer | It costs |", "| --- | --- |", *lines])


def _cost(one: Offered, card: Battlecard) -> str:
    words = [competing.amount(one.now)]
    if one.offer.competitor_id and one.now:
        like = next((_gap(our, one, card) for our in card.ours if _gap(our, one, card)), "")
        words += [like, competing.moved(one), f"seen {competing.ago(one.now.seen_on, card.today)}"]
    return escape("; ".join(filter(None, words)))


def _gap(ours: Offered, theirs: Offered, card: Battlecard) -> str:
    """ "£3 less than ours"; which of ours, where there are several."""
    gap = competing.against(ours.now, theirs.now) if ours.now and theirs.now else ""
    which = f" ({ours.offer.plan or ours.offer.name})" if len(card.ours) > 1 else ""
    return f"{gap}{which}" if gap else ""


def _quotes(card: Battlecard) -> str:
    return "\n\n".join(
        f"> “{escape(' '.join(one.quote.split()))}”\n>\n> {escape(str(one.feedback.account or 'A customer'))}"
        for one in card.quotes
    )


def _record(card: Battlecard) -> str:
    decided = card.won + card.lost
    if not decided:
        return ""
    low, *_, high = winloss.rate(card.won, card.lost)
    few = "; too few to say more" if high - low > 0.4 else ""
    won = count(card.won) if card.won else "None"
    return f"{won} of {plural(decided, 'deal')} decided against them {'was' if card.won < 2 else 'were'} won{few}."


def _news(card: Battlecard) -> str:
    return "\n".join(f"- {escape(one.title)} ({escape(one.source)}, {day(one.seen_on)})" for one in card.news)


def _both(first: str, second: str) -> str:
    return "\n\n".join(filter(None, (first.strip(), second.strip())))


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
