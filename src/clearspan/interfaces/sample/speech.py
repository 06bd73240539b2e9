"""Puts an occasion into words: by channel, segment, date and the person's own voice, with the quotes that say it.

What a person writes (tickets, forum, portal, reviews, surveys) is in the first person; what we write down (calls,
interviews, deals, notes) is in ours, with the customer's words as quotes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from clearspan.interfaces.sample.cast import Party, Person
from clearspan.interfaces.sample.content import Need, words
from clearspan.interfaces.sample.grammar import capitalised, expand

TYPO = 0.03  # share of written texts with one slip of the fingers


@dataclass(frozen=True)
class Said:
    """A text and, for each need it speaks of, the words in it that say so."""

    title: str
    text: str
    quotes: tuple[str, ...]


@dataclass
class Speaker:
    """Words for one occasion. One speaker an occasion: it does not say the same sentence twice."""

    rng: np.random.Generator
    party: Party
    person: Person
    product: str
    on: date
    used: set[str] = field(default_factory=set)
    unit: str = ""

    def say(self, patterns: Sequence[str] | str, topic: str = "", need: str = "") -> str:
        """One of the patterns, expanded; one that was not used yet where there is one."""
        ways = [patterns] if isinstance(patterns, str) else list(patterns)
        fresh = [way for way in ways if way not in self.used] or ways
        pattern = fresh[int(self.rng.integers(len(fresh)))]
        self.used.add(pattern)
        name = self._one(self.party.colleagues)  # one sentence speaks of one colleague
        return expand(pattern, self.rng, lambda slot: name if slot == "name" else self.fill(slot, topic, need))

    def topic(self, need: Need) -> str:
        """What it is about, in a few words, as it stands inside a line."""
        pattern = self._one(need.topics)
        return pattern[:1] + self.say(pattern)[1:]

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def fill(self, slot: str, topic: str = "", need: str = "") -> str:
        """What stands in a slot. Facts of the account and the person stay the same, the rest is drawn."""
        segment, party = self.party.segment, self.party
        self.unit = self.unit or self._one(segment.units)
        fixed = {
            "account": party.name, "place": party.place, "places": plural(party.place), "me": self.person.first,
            "first": self.person.first, "full": self.person.name, "title": self.person.title,
            "title_lower": self.person.title.lower(),
            "product": self.product, "topic": topic, "need": need, "unit": self.unit,
            "unit_bare": self.unit.removeprefix("the "), "month": self._month(), "sites": number(party.sites),
        }  # fmt: skip
        if slot in fixed:
            return fixed[slot]
        if slot == "money":
            return party.money + self._one(words()["slots"]["amount"])
        drawn = {
            "units": segment.plural, "stuff": segment.stuff, "checker": segment.checker, "who": segment.who,
            **words()["slots"],
        }  # fmt: skip
        return self._one(drawn[slot])

    def _one(self, choices: Sequence[str]) -> str:
        return choices[int(self.rng.integers(len(choices)))]

    def _month(self) -> str:
        """One of the months before: by name, never the present one."""
        return (self.on.replace(day=1) - timedelta(days=int(self.rng.integers(1, 150)))).strftime("%B")


def plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("ch", "s")) else f"{noun}s"


def number(count: int) -> str:
    """In words up to twelve, as one writes it."""
    small = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return small[count - 2] if 2 <= count <= 12 else str(count)


def compose(speaker: Speaker, channel: str, needs: Sequence[Need]) -> Said:
    """What was said on this channel about these needs; with none, something that says nothing of any need."""
    if not needs:
        return _silent(speaker, channel)
    written = {"ticket": _ticket, "forum": _forum, "portal": _portal, "survey": _survey, "review": _review}
    noted = {"call": _call, "interview": _interview, "deal": _deal, "note": _note}
    said = written[channel](speaker, needs) if channel in written else noted[channel](speaker, needs)
    return _with_typo(speaker, said) if channel in written else said


def answer(speaker: Speaker, need: Need, yes: bool) -> Said:
    """The answer to a survey's question about this very need."""
    asked = words()["prompted"]
    reply = speaker.say(asked["yes" if yes else "no"])
    if yes and speaker.chance(0.35):
        reply = f"{reply} {speaker.say(need.says)}"
    question = speaker.say(asked["ask"], need=need.title)
    return Said(need.title, f"{question}\n{reply}", (reply,))


def again(speaker: Speaker, said: Said) -> str:
    """The same once more, by the same person: a near-duplicate."""
    return f"{speaker.say(words()['around']['repeat'])}\n\n{said.text}"


def relayed(speaker: Speaker, said: Said) -> str:
    """The same, passed on by one of our salespeople."""
    return f"{speaker.say(words()['around']['relay'])}\n\n{said.text}"


# --- what people write ----------------------------------------------------------------------------------------------


def _ticket(speaker: Speaker, needs: Sequence[Need]) -> Said:
    voice, around = speaker.person.voice, words()["around"]
    greet, opening = speaker.say(voice.greet), speaker.say(voice.open)
    if opening and speaker.chance(0.4):
        opening = ""
    life = speaker.say(speaker.party.segment.life) if voice.key in ("chatty", "formal") and speaker.chance(0.3) else ""
    told = [_told(speaker, need, first=i == 0) for i, need in enumerate(needs)]
    paragraphs = [" ".join(filter(None, (opening, life)))]
    if voice.key == "precise" and len(needs) > 1:
        paragraphs.append("\n".join(f"{i}. {words_}" for i, words_ in enumerate(told, 1)))
    elif len(needs) > 1:
        join = words()["around"]["join"] if voice.key != "terse" else ("", "Also: ")
        paragraphs += [told[0], *(_joined(speaker.say(join), each) for each in told[1:])]
    else:
        paragraphs.append(told[0])
    extra = []
    if voice.key in ("chatty", "plain", "wry") and speaker.chance(0.45):
        extra.append(speaker.say(around["aside"]))
    if voice.key == "chatty" and speaker.chance(0.35):
        extra.append(speaker.say(around["small"]))
    close = "\n".join(filter(None, (speaker.say(voice.close), _signed(speaker) if voice.sign else "")))
    parts = [greet, *paragraphs, " ".join(extra), close]
    gap = "\n\n" if voice.key in ("formal", "plain", "chatty") else "\n"
    title = speaker.say(around["ticket_title"], topic=speaker.topic(needs[0]))
    return Said(title[:300], gap.join(filter(None, parts)), _bare(told))


def _forum(speaker: Speaker, needs: Sequence[Need]) -> Said:
    around = words()["around"]
    told = [_told(speaker, need, first=i == 0) for i, need in enumerate(needs)]
    body = " ".join(filter(None, (speaker.say(around["forum_open"]), *told, speaker.say(around["forum_close"]))))
    return Said(speaker.say(around["forum_title"], topic=speaker.topic(needs[0])), body, _bare(told))


def _portal(speaker: Speaker, needs: Sequence[Need]) -> Said:
    told = [_told(speaker, need, first=False) for need in needs]
    title = speaker.say(words()["around"]["portal_title"], topic=speaker.topic(needs[0]))
    return Said(title, " ".join(told), _bare(told))


def _survey(speaker: Speaker, needs: Sequence[Need]) -> Said:
    told = [_told(speaker, need, first=False) for need in needs]
    return Said(speaker.say(words()["around"]["survey_ask"]), " ".join(told), _bare(told))


def _review(speaker: Speaker, needs: Sequence[Need]) -> Said:
    around = words()["around"]
    told = [_told(speaker, need, first=False) for need in needs]
    text = " ".join((speaker.say(around["review_plus"]), speaker.say(around["review_minus"]), *told))
    return Said("", text, _bare(told))


# --- what we write down -------------------------------------------------------------------------------------------


def _call(speaker: Speaker, needs: Sequence[Need]) -> Said:
    around = words()["around"]
    noted = [_noted(speaker, need) for need in needs]
    parts = [speaker.say(around["call_open"]), _listed(speaker, noted), speaker.say(around["call_close"])]
    return Said(f"Call: {speaker.topic(needs[0])}", " ".join(filter(None, parts)), _bare(noted))


def _interview(speaker: Speaker, needs: Sequence[Need]) -> Said:
    around = words()["around"]
    paragraphs = [f"{speaker.say(around['interview_open'])} {_third(speaker)}"]
    told = []
    for need in needs:
        quote = _told(speaker, need, first=True)
        told.append(quote)
        before = f"{speaker.say(need.notes)} " if speaker.chance(0.5) else ""
        paragraphs.append(f"{before}{speaker.say(around['interview_link'])} “{quote}”")
    paragraphs.append(speaker.say(around["interview_close"]))
    title = f"Interview: {speaker.person.name}, {speaker.party.name}"
    return Said(title, "\n\n".join(filter(None, paragraphs)), _bare(told))


def _deal(speaker: Speaker, needs: Sequence[Need]) -> Said:
    around = words()["around"]
    noted = [_noted(speaker, need) for need in needs]
    parts = [speaker.say(around["deal_open"]), _listed(speaker, noted), speaker.say(around["deal_close"])]
    return Said(f"{speaker.party.name}: {speaker.topic(needs[0])}", " ".join(filter(None, parts)), _bare(noted))


def _note(speaker: Speaker, needs: Sequence[Need]) -> Said:
    noted = [_noted(speaker, need) for need in needs]
    return Said("", f"{speaker.say(words()['around']['note_open'])} {_listed(speaker, noted)}", _bare(noted))


# --- pieces -------------------------------------------------------------------------------------------------------


def _silent(speaker: Speaker, channel: str) -> Said:
    silent, voice = words()["silent"], speaker.person.voice
    text = speaker.say(silent[channel])
    if channel == "ticket":
        greet, close = speaker.say(voice.greet), speaker.say(voice.close)
        text = "\n\n".join(filter(None, (greet, text, "\n".join(filter(None, (close, _signed(speaker)))))))
    if channel == "call":
        text = f"{speaker.say(words()['around']['call_open'])} {text}"
    if channel == "interview":
        text = f"{speaker.say(words()['around']['interview_open'])} {text}"
    if channel == "survey":
        return Said(words()["around"]["survey_ask"][0], text, ())
    titles = words()["silent_titles"].get(channel)
    return Said(speaker.say(titles) if titles else "", text, ())


def _told(speaker: Speaker, need: Need, *, first: bool) -> str:
    """A need in the customer's words: one or two sentences of its own."""
    lengths = {"terse": 0.15, "precise": 0.4, "plain": 0.45, "chatty": 0.65, "formal": 0.45, "wry": 0.6}
    parts = [speaker.say(need.says)]
    if first and speaker.chance(lengths[speaker.person.voice.key]):
        parts.append(speaker.say(need.says))
    return capitalised(" ".join(parts))


def _noted(speaker: Speaker, need: Need) -> str:
    """A need as somebody of ours notes it, mostly with a quote."""
    if speaker.chance(0.4):
        return f"{speaker.say(words()['around']['words_of'])} “{speaker.say(need.says)}”"
    return speaker.say(need.notes)


def _listed(speaker: Speaker, noted: Sequence[str]) -> str:
    return " ".join([noted[0], *(_joined(speaker.say(words()["around"]["note_join"]), each) for each in noted[1:])])


def _joined(link: str, text: str) -> str:
    """The link stands before the words and leaves them as they are: they are quoted word for word."""
    return f"{link} {text}".strip() if link.endswith((":", ".")) else f"{link.rstrip(',')}: {text}".strip(": ")


def _third(speaker: Speaker) -> str:
    party = speaker.party
    about = f"{party.segment.one}, {number(party.sites)} {plural(party.place)}."
    return f"{about} “{speaker.say(party.segment.life)}”" if speaker.chance(0.5) else about


def _signed(speaker: Speaker) -> str:
    lines = speaker.person.voice.sign.split("\\n") if speaker.person.voice.sign else []
    return "\n".join(speaker.fill(line.strip("<>")) for line in "\n".join(lines).splitlines())


def _bare(told: Sequence[str]) -> tuple[str, ...]:
    """What is cut as a quote: the customer's own words where they are given."""
    return tuple(match[1] if (match := re.search(r"“([^”]*)”", each)) else each for each in told)


def _with_typo(speaker: Speaker, said: Said) -> Said:
    """Two letters change places in one longer word, rarely; in the quote as well, which is word for word."""
    if not speaker.chance(TYPO):
        return said
    long = sorted(set(re.findall(r"\b[a-z]{6,}\b", said.text)))
    if not long:
        return said
    word = long[int(speaker.rng.integers(len(long)))]
    at = int(speaker.rng.integers(1, len(word) - 2))
    slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def slipped(text: str) -> str:
        return re.sub(rf"\b{word}\b", slip, text)

    return Said(said.title, slipped(said.text), tuple(map(slipped, said.quotes)))
