"""What pages of needs say in words: answers in their first line, and the short line under a need's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clearspan.catalogue.models import Account
from clearspan.core.actor import Actor
from clearspan.stages.opportunities.models import Opportunity, Verdict
from clearspan.ui.numbers import count, frequency, percent, plural

_SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 words as words
LOUD = 0.15  # share of the mentions from which an account is worth naming
_ACCOUNT = re.compile(r"\bAC-\d+\b")


def number(value: int) -> str:
    """Numbers up to twelve as words, as a sentence wants them: 5 -> "five", 143 -> "143"."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else count(value)


def named(actor: Actor, texts: Iterable[str]) -> list[str]:
    """Sentences of a study with accounts by name, for who may see them: a study names accounts by reference only."""
    texts = list(texts)
    keys = {Account.key_of(ref) for text in texts for ref in _ACCOUNT.findall(text)}
    names = dict(Account.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", "name")) if keys else {}
    return [_ACCOUNT.sub(lambda ref: names.get(Account.key_of(ref[0]), "An account"), text) for text in texts]


def list_answer(kinds: Mapping[str, int], first: Opportunity | None, loudest: Sequence[Verdict]) -> str:
    """Whose the needs are, which stands first, and whether the loudest are one customer's."""
    total = sum(kinds.values())
    if not total:
        return "No need of the market has been written down yet."
    if total == kinds.get("", 0):
        return _capital(f"{number(total)} {_needs(total)} so far; no study has looked at whose {_they(total)}.")
    market = kinds.get(Verdict.Kind.MARKET, 0)
    segment = kinds.get(Verdict.Kind.SEGMENT, 0)
    if market:
        said = f"{number(market)} {_needs(market)} {_are(market)} the market’s"
    elif segment:
        said = f"no need is the whole market’s so far; {number(segment)} {_are(segment)} a segment’s"
    else:
        said = "no need is shown to be the market’s or a segment’s yet"
    second = []
    if first is not None:
        second.append(f"“{first.title}” stands first")
    single = sum(verdict.kind == Verdict.Kind.SINGLE for verdict in loudest)
    if single and len(loudest) > 1:
        second.append(
            f"{number(single)} of the {number(len(loudest))} loudest requests {_are(single)} one customer’s"
            f"{' each' if single > 1 else ''}"
        )
    return f"{_capital(said)}." + (f" {_capital(', and '.join(second))}." if second else "")


def need_answer(need: Opportunity, verdict: Verdict | None, threshold: float) -> str:
    """How many need it, and where."""
    if verdict is None:
        return f"{need.title}: no study has looked yet at whose need it is."
    share = _accounts(verdict.share)
    if verdict.kind == Verdict.Kind.SINGLE:
        who = f"{verdict.largest_account}’s" if verdict.largest_account else "one customer’s"
        return f"{need.title}: so far it is {who} ask; {share} need it."
    if verdict.kind == Verdict.Kind.LITTLE:
        return f"{need.title}: too little was heard to say whose it is; perhaps {share} need it."
    having = segments_having(verdict, threshold)
    of = len(verdict.detail.get("segments", ()))
    some = f"{number(len(having))} of {number(of)}" if len(having) < of else f"all {number(of)}"
    where = f", in {some} segments" if of > 1 else ""
    return f"{need.title}: about {share} need it{where}."


def under_name(verdict: Verdict | None, threshold: float) -> str:
    """The short line under a need's name: where it is needed, or why it counts for little."""
    if verdict is None:
        return "not studied yet"
    if verdict.kind == Verdict.Kind.SINGLE and verdict.largest_account:
        loud = round(verdict.largest_share * verdict.mentions)
        return f"{verdict.largest_account} made {count(loud)} of {plural(verdict.mentions, 'mention')}"
    if verdict.kind == Verdict.Kind.LITTLE:
        return f"asked for by {plural(verdict.asking, 'account')}"
    having = segments_having(verdict, threshold)
    if not having:
        return f"asked for by {plural(verdict.asking, 'account')}"
    if len(having) == 1:
        return f"{having[0]['segment']}: {percent(having[0]['mean'])} of it"
    names = [segment["segment"] for segment in having]
    more = f" and {number(len(names) - 3)} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def segments_having(verdict: Verdict, threshold: float) -> list[dict[str, Any]]:
    """Segments that likely have the need, the most of them first."""
    segments = [segment for segment in verdict.detail.get("segments", ()) if segment["mean"] >= threshold]
    return sorted(segments, key=lambda segment: -segment["mean"])


def segments_finding(segments: Sequence[Mapping[str, Any]]) -> str:
    """Who needs it most, and where nothing is known because too few were asked."""
    if not segments:
        return "No segment was studied"
    most = max(segments, key=lambda segment: segment["mean"])
    widest = max(segments, key=lambda segment: segment["p95"] - segment["p05"])
    said = f"{most['segment']} need it most"
    if widest["heard"] == 0:
        return f"{said}; {widest['segment']} could be anywhere, because nobody there was heard"
    if widest["p95"] - widest["p05"] > 0.4 and widest["heard"] < 10:
        return f"{said}; {widest['segment']} could be anywhere, because {number(widest['heard'])} were heard"
    return said


def loudest_finding(verdict: Verdict) -> str:
    """What the loudest account makes of it."""
    if verdict.largest_account is None or not verdict.mentions:
        return "Nobody has mentioned it yet"
    without = verdict.detail["without_largest"]["rank"]
    stands = "still stands" if without == verdict.rank else "stands"
    if verdict.largest_share < LOUD:
        votes = f"{round(verdict.largest_share * verdict.mentions)} of {plural(verdict.mentions, 'mention')}"
        return f"No account is loud: the loudest made {votes}"
    share = frequency(verdict.largest_share)
    said = "every mention" if share == "all" else f"{share} mentions"
    return f"One account made {said}; without it the need {stands} {ordinal(without)}"


def ordinal(value: int) -> str:
    """1 -> "first", 3 -> "third", 42 -> "42nd"."""
    small = ("", "first", "second", "third", "fourth", "fifth")
    if 0 < value < len(small):
        return small[value]
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _accounts(share: float) -> str:
    said = frequency(share)
    if said == "none":
        return "no account"
    if said == "all":
        return "every account"
    part, _, of = said.partition(" in ")
    return f"{_written(part)} in {_written(of)} accounts"


def _written(part: str) -> str:
    return number(int(part)) if part.isdigit() else part


def _needs(n: int) -> str:
    return "need" if n == 1 else "needs"


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _they(n: int) -> str:
    return "it is" if n == 1 else "they are"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
