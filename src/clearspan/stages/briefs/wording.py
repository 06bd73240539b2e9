"""One set of facts in the words of each audience: what each paragraph of a brief says before anybody writes into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from clearspan.stages.briefs.facts import Facts
from clearspan.stages.decisions.audiences import Audience
from clearspan.stages.development import drift_words, forecast_words
from clearspan.ui.numbers import day, money, money_range, percent, percent_range, plural

LEAD = "lead"  # the first paragraph, which nobody assembles: what who writes wants them to know
FIRST = "first"  # the first line
MOST = 8  # bets, risks and rivals that are named: a brief is brief, and says how many more there are


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as the facts say it. `key` names what it is about: what was written into it finds it again."""

    key: str
    heading: str
    text: str  # Markdown


Section = Callable[[Facts, Audience], Iterator[Paragraph]]


def assembled(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    """The brief's paragraphs below its first line, each worded when it is asked for."""
    return (part for section in SECTIONS[to.key] for part in section(facts, to))


def first_line(facts: Facts, to: Audience) -> Paragraph:
    return Paragraph(FIRST, "", _first(facts, to))


def _first(facts: Facts, to: Audience) -> str:
    """What this audience most wants to know, with its number and how sure it is."""
    coming, name = facts.coming(to), facts.product.name
    dated = [one for one in coming if one.said.last]
    soonest = min(dated, key=lambda one: (one.said.last, one.title), default=None)
    first = f"“{soonest.title}” is {soonest.when}" if soonest else ""
    if to.key == "leadership" and facts.plan.five:
        low, _, likely, _, high = facts.plan.five
        worth = f"{name}’s plan is likely worth {money(likely, facts.currency)}, nine of ten futures in "
        return f"{worth}{money_range(low, high, facts.currency)}{f'; {first}' if first else ''}."
    if to.key == "functions" and facts.asked:
        return f"{plural(len(facts.asked), 'thing')} must be ready for {name}{f'; {first}' if first else ''}."
    if not coming:
        return f"Nothing new is announced for {name}." if to.only_published else f"Nothing is decided for {name}."
    words = f"{plural(len(coming), 'thing')} {'is' if len(coming) == 1 else 'are'} coming in {name}"
    return f"{words}; {first}." if first else f"{words}."


def _money(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    standing = facts.standing("first.money")
    if standing is not None:
        sure = f"{standing.sure} nine times in ten" if standing.sure else ""
        text = f"Contribution this year: {', '.join(part for part in (standing.words, sure, standing.detail) if part)}"
        yield Paragraph("money", "Money", _ended(text))
    for decision, five in facts.bets[:MOST]:
        loss = round(50 * float(decision.expected.get("probability_of_loss") or 0))
        text = (
            f"**{decision.option}** is expected to earn {money(five[2], facts.currency)}, nine of ten futures in "
            f"{money_range(five[0], five[4], facts.currency)}; it loses money in {loss} of 50 futures."
        )
        yield Paragraph(f"bet:{decision.ref}", "The bets that are out", text)
    if more := facts.bets[MOST:]:
        low, likely, high = (sum(five[at] for _, five in more) for at in (0, 2, 4))
        widest = f"{money_range(low, high, facts.currency)} at the widest"
        text = f"And {len(more)} more, expected to earn {money(likely, facts.currency)} together, {widest}."
        yield Paragraph("bets", "The bets that are out", text)


def _people(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    tight = facts.plan.tightest
    if tight is not None and tight.worth:
        worth = f"is worth {money(tight.worth, facts.currency)} over the plan"
        if tight.sure:
            worth += f", nine of ten futures in {money_range(*tight.sure, facts.currency)}"
        text = f"One more in {tight.function.lower()} {worth}."
        yield Paragraph("people", "What holds the plan back", text)


def _market(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    for verdict in facts.needs:
        sure = percent_range(verdict.share_p05, verdict.share_p95)
        has = f"{percent(verdict.share)} of the market has this need (nine times in ten {sure})"
        between = money_range(verdict.value_p05, verdict.value_p95, facts.currency)
        worth = f", worth {money(verdict.value, facts.currency)} a year ({between})" if to.shows_money else ""
        text = f"**{verdict.opportunity}**: {has}{worth}."
        yield Paragraph(f"need:{verdict.opportunity.ref}", "What the market needs most", text)


def _moves(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    for one in facts.standings("first.market"):
        yield Paragraph(f"move:{one.url}", "What others did lately", f"**{one.words}** ({one.detail}).")


def _battle(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    rivals = facts.standings("first.battle")
    for i, one in enumerate(rivals[:MOST], start=1):
        yield Paragraph(f"battle:{i}", "Different and better", f"**{one.words}.** {_ended(one.detail)}")
    yield from _more("rivals", "Different and better", len(rivals) - MOST)


def _risks(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    risks = facts.standings("first.risks")
    for one in risks[:MOST]:
        yield Paragraph(f"risk:{one.url}", "At risk", _ended(f"**{one.words}**: {one.detail}"))
    yield from _more("risks", "At risk", len(risks) - MOST)


def _coming(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    for one in facts.coming(to):
        why = f" It meets “{one.why}”." if one.why else ""
        people = f" It takes {one.people} (people-quarters)." if one.people else ""
        late = " It should have been begun." if one.is_overdue else ""
        words = f"\n\n{one.text}" if one.text and to.only_published else ""
        text = f"**{one.title}**: {one.when}.{why}{people}{late}{words}"
        yield Paragraph(f"coming:{one.option}", "What is coming", text)


def _build(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    study = facts.build
    if study is not None:
        text = f"Of what is open: {_lower(forecast_words.of_dates(study.p50, study.p85, facts.today))}."
        yield Paragraph("build", "When it is built", text)


def _drift(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    yield Paragraph("drift", "What the work went into", drift_words.of_radar(facts.drift))


def _launches(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    for one in facts.ahead:
        decided = f"; go or no-go on {day(one.decide_on, facts.today)}" if one.decide_on else ""
        text = f"**{one}** on {day(one.planned_on, facts.today)}, {one.get_state_display()}{decided}."  # type: ignore[attr-defined]
        yield Paragraph(f"launch:{one.ref}", "Launches ahead", text)


def _come(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    for one in facts.come:
        yield Paragraph(f"come:{one.ref}", "New", f"**{one}**, launched on {day(one.launched_on, facts.today)}.")


def _asked(facts: Facts, to: Audience) -> Iterator[Paragraph]:
    """One paragraph for each function: what it must have ready, by when."""
    by: dict[str, list[str]] = {}
    for one in facts.asked:
        state = "not answered yet" if one.state == "asked" else "promised"
        line = f"- {one}, by {day(one.due_on, facts.today)}, {state}"
        by.setdefault(one.function.name, []).append(line)
    for name, lines in by.items():
        yield Paragraph(f"asked:{name}", "What must be ready", f"**{name}**\n\n" + "\n".join(lines))


SECTIONS: dict[str, tuple[Section, ...]] = {
    "leadership": (_money, _risks, _people, _coming, _build, _launches, _market, _moves),
    "development": (_coming, _build, _drift, _launches, _market),
    "functions": (_asked, _launches, _coming, _come),
    "sales": (_coming, _come, _battle),
    "customers": (_coming,),
}


def _more(key: str, heading: str, number: int) -> Iterator[Paragraph]:
    """How many are not named, where there are any."""
    if number > 0:
        yield Paragraph(key, heading, f"And {number} more.")


def _ended(words: str) -> str:
    """With a full stop, unless it has one."""
    return words if words.endswith((".", "…", "?")) else f"{words}."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
