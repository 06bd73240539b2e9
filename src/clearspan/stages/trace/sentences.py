"""Two questions, each answered in one sentence with its links: why are we building this, and what became of it?"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries.log import five_of
from clearspan.stages.development.models import DeliveryStudy
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.inlife.models import LedgerEntry
from clearspan.stages.launch.models import Launch
from clearspan.stages.opportunities.models import Opportunity, Verdict
from clearspan.stages.options.models import Option
from clearspan.stages.portal.actions import tell_those_who_asked
from clearspan.stages.portal.queries.tellings import told_of_feedback, told_of_need
from clearspan.stages.trace.queries import Line
from clearspan.ui.numbers import day, frequency, money, money_range, plural


@dataclass(frozen=True)
class Part:
    """Some words of a sentence, and where they lead."""

    words: str
    url: str = ""

    def __str__(self) -> str:
        return self.words


Sentence = tuple[Part, ...]
NO_REASON = "Nobody has said why: it names nothing that was decided."
NO_DOING = "Nobody has said whose doing it is: it names no option, and no decision is held against its line."


def plain(sentence: Sentence) -> str:
    """The sentence without its links."""
    return "".join(part.words for part in sentence)


def why(actor: Actor, line: Line) -> Sentence:
    """Why it is built: back from the option to its decision, the need, the customers and the money. Two queries."""
    option = line.options[0] if line.options else None
    if option is None:
        return (Part(NO_DOING if isinstance(line.about, LedgerEntry) else NO_REASON),)
    decision = next((one for one in line.decisions if one.option_id == option.pk), None)
    parts = [
        Part("It is in part the doing of " if _is_shared(line) else "It serves "),
        _link("option", option),
        *_decided(decision),
    ]
    if not line.opportunities:
        return (*parts, Part("; no need of the market is named for it."))
    parts += [Part(", because "), *_needed(*_worth_most(line), line.mentions)]
    return (*parts, *_earns(line, decision), Part("."))


def became(actor: Actor, line: Line) -> Sentence:
    """What became of something that was asked: forward from what was said to what shipped, and whether those who asked
    were told. Three queries at most."""
    return (*_became(line), *_told(actor, line))


def _became(line: Line) -> Sentence:
    if not line.opportunities:
        waits = isinstance(line.about, Feedback) and line.about.state == Feedback.State.NEW
        words = "It was heard, and waits to be sorted." if waits else "It was read, and speaks of no need that we know."
        return (Part(words),)
    need, _ = _worth_most(line)
    parts = [Part("It is heard as "), _link("opportunity", need)]
    if line.about == need:
        parts = [Part(f"It was heard in {plural(line.mentions, 'mention')}", _mentions(need))]
    chosen = next((one for one in line.options if one.state == Option.State.CHOSEN), None)
    if chosen is None:
        return (*parts, *_not_chosen(line))
    parts += [Part("; "), _link("option", chosen), Part(" was chosen for it")]
    launch = next((one for one in line.launches if one.state == Launch.State.LAUNCHED), None)
    if launch is not None:
        on = f" and launched on {_date(launch)}" if launch.launched_on else " and launched"
        return (*parts, Part(f"{on}: "), _link("launch", launch), *_brought(line, chosen), Part("."))
    return (*parts, *_under_way(line, chosen), Part("."))


def _told(actor: Actor, line: Line) -> list[Part]:
    """Who was told of it: of one piece of feedback, who said it; of a need, how many of those who asked."""
    if isinstance(line.about, Feedback):
        told = told_of_feedback(actor, [line.about.pk])
        if not told:
            return []
        need = told[0].telling.opportunity
        url = reverse("tell", args=[line.about.product.key, need.pk]) if _may_tell(actor, need) else ""
        return [Part(" Who said it "), Part(f"was told on {told[0].sent_at:%-d %B %Y}", url), Part(".")]
    if not line.opportunities:
        return []
    need = line.about if isinstance(line.about, Opportunity) else line.opportunities[0]
    said = told_of_need(actor, need)
    if said is None or said[0].sent_at is None or not said[1]:
        return []
    people = plural(said[1], "of those who asked was", "of those who asked were")
    url = reverse("tell", args=[need.product.key, need.pk]) + f"?of={said[0].occasion}"
    if not _may_tell(actor, need):
        url = ""
    return [Part(f" {people} "), Part(f"told on {said[0].sent_at:%-d %B %Y}", url), Part(".")]


def _may_tell(actor: Actor, need: Opportunity) -> bool:
    return tell_those_who_asked.may(actor, opportunity=need)


def _is_shared(line: Line) -> bool:
    """Whether it is an entry under a line of which a share is held against the decision."""
    return isinstance(line.about, LedgerEntry) and line.about.option_id is None


def _decided(decision: Decision | None) -> list[Part]:
    if decision is None:
        return [Part(", which nobody has decided about")]
    return [Part(", "), _said_on(decision)]


def _said_on(decision: Decision) -> Part:
    """ "chosen on 1 March 2026", with the way to why."""
    return Part(f"{decision.get_kind_display()} on {decision.decided_on:%-d %B %Y}", _url("decision", decision))


def _earns(line: Line, decision: Decision | None) -> list[Part]:
    """What it is expected to earn and how sure that is; where it is known already what came, that too."""
    npv = (decision.expected.get("npv") or {}).get("mean") if decision else None
    if npv is None or decision is None:
        return []
    currency, five = Company.ours().currency, five_of(decision.expected)
    sure = f" ({money_range(five[0], five[4], currency)}, nine times in ten)" if five else ""
    amount = Part(money(npv, currency), _url("decision", decision))
    came = _came(line, decision)
    if not came:
        return [Part("; it is expected to earn "), amount, *([Part(sure)] if sure else [])]
    return [Part("; it was expected to earn "), amount, Part(f"{sure} and had brought "), *came]


def _needed(need: Opportunity, verdict: Verdict | None, mentions: int) -> list[Part]:
    if verdict is None:
        return [Part(f"{plural(mentions, 'mention')} ask for "), _link("opportunity", need)]
    if verdict.kind == Verdict.Kind.LITTLE:
        who = f"{plural(verdict.asking, 'account')} asked, too few to know how many need "
    elif verdict.kind == Verdict.Kind.SINGLE:
        who = "one customer needs "
    else:
        who = f"about {frequency(verdict.share)} of the market’s accounts need "
    asked = Part(f" ({plural(verdict.asking, 'account')} asked for it)", _mentions(need))
    return [Part(who), _link("opportunity", need), asked]


def _not_chosen(line: Line) -> list[Part]:
    decision = line.decisions[0] if line.decisions else None
    if decision is not None:
        return [Part("; "), _said_on(decision), Part(f": {decision.reasons.strip().rstrip('.')}.")]
    if not line.options:
        return [Part("; nobody has worked out yet what could be done.")]
    looked_at = f"{plural(len(line.options), 'option')} {'is' if len(line.options) == 1 else 'are'} looked at"
    return [Part(f"; {looked_at}, and nothing is decided yet.")]


def _under_way(line: Line, option: Option) -> list[Part]:
    items = reverse("items", args=[option.product.key]) + f"?option={option.ref}"
    parts = []
    if line.all:
        parts += [Part(", "), Part(f"{line.done} of {line.all} pieces of work are done", items)]
        study = DeliveryStudy.objects.filter(option=option, p50__isnull=False).order_by("-pk").first()
        if study is not None and study.p50 is not None and line.done < line.all:
            parts.append(Part(f", the rest likely by {day(study.p50, timezone.localdate())}"))
    elif line.definitions:
        parts += [Part(", and is being defined: "), _link("definition", line.definitions[0])]
    else:
        parts.append(Part(", and work on it has not begun"))
    ahead = next((one for one in line.launches if one.state != Launch.State.OFF), None)
    if ahead is not None:
        parts += [Part("; "), _link("launch", ahead), Part(f" is planned for {_date(ahead)}")]
    return parts


def _brought(line: Line, option: Option) -> list[Part]:
    """What it had brought by the last day for which that is known."""
    decision = next((one.decision for one in line.came if one.decision.option_id == option.pk), None)
    came = _came(line, decision) if decision else []
    return [Part("; it had brought "), *came] if came else []


def _came(line: Line, decision: Decision) -> list[Part]:
    """ "£28 k by October 2026, as promised"; nothing where it is not known."""
    known = next((one for one in line.came if one.decision.pk == decision.pk), None)
    if known is None or known.came is None or known.outcome is None:
        return []
    amount = Part(money(known.came, Company.ours().currency), _url("decision", decision))
    verdict = f", {known.verdict}" if known.verdict else ""
    return [amount, Part(f" by {known.outcome.day:%B %Y}{verdict}")]


def _worth_most(line: Line) -> tuple[Opportunity, Verdict | None]:
    """Of several needs the one with most at stake, with what is known of whose it is."""
    verdicts = {one.opportunity_id: one for one in Verdict.objects.filter(opportunity__in=line.opportunities)}
    need = max(line.opportunities, key=lambda one: verdicts[one.pk].value if one.pk in verdicts else -1.0)
    return need, verdicts.get(need.pk)


def _mentions(need: Opportunity) -> str:
    return reverse("opportunity_mentions", args=[need.product.key, need.pk])


def _date(launch: Launch) -> str:
    return day(launch.launched_on or launch.planned_on, timezone.localdate())


def _link(name: str, row: Option | Opportunity | Launch | object) -> Part:
    return Part(f"“{row}”", _url(name, row))


def _url(name: str, row: object) -> str:
    return reverse(name, args=[row.product.key, row.pk])  # type: ignore[attr-defined]  # rows of a product
