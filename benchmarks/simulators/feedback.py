"""A file of what the customers of a large company said: as many rows as wanted, the same every time.

Its words are used as those of people are: a few everywhere (one in ten of all is "the"), most of them seldom. A row is
about 50 words long, as a ticket is, and speaks of one of the needs.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

ACCOUNTS = 20_000
NEEDS = 5_000
FREQUENT, SELDOM, NEVER = "spreadsheet", "quayside", "zymurgy"  # in a quarter of the rows, in one of 50,000, in none
COLUMNS = ("Ticket", "Company", "Author", "Created", "Source", "Subject", "Description")
_SELDOM_EVERY = 50_000
_FIRST_DAY = datetime(2021, 1, 1, 8, tzinfo=UTC)
_DAYS = 5 * 365

_VERBS = (
    "book", "cancel", "export", "print", "find", "share", "approve", "merge", "split", "sort", "lock", "translate",
    "archive", "compare", "schedule", "sign", "copy", "tag", "move", "check", "filter", "send", "restore", "assign",
    "hide",
)  # fmt: skip
_THINGS = (
    "invoice", "booking", "contract", "price list", "delivery", "report", "calendar", "quotation", "deposit",
    "reminder", "shift", "customer", "address", "refund", "receipt", "licence", "statement", "attachment", "password",
    "warehouse", "parcel", "rota", "timesheet", "template", "signature", "discount", "subscription", "dashboard",
    "order", "holiday", "vehicle", "meter", "permit", "inspection", "stock count", "supplier", "budget", "project",
    "room", "ticket",
)  # fmt: skip
_WAYS = (
    "from the phone",
    "for several sites at once",
    "without asking the office",
    "in another currency",
    "before the month is closed",
)
_OPENINGS = (
    "Hello, we",
    "Since the last update we",
    "Our team in {place} would like to know how to",
    "Every week we",
    "I was told that I could",
    "For the audit we have to",
    "As said on the phone, we",
    "It would save us a day a month if we could",
    "We are new here and",
    "My colleagues in {place} asked me to write:",
)
_MIDDLES = (
    "tried to {need} and the page turned for minutes until it said that something went wrong",
    "cannot {need}, so somebody types it all again into a spreadsheet on Friday",
    "have to {need}, which works for one but not for the {number} that we have",
    "want to {need} and found no way to do it, neither in the menu nor in the manual",
    "used to {need} with the tool we had before, and it took a moment",
)
_ENDINGS = (
    "Can you tell us whether this is planned?",
    "This is urgent for {person}.",
    "Thanks for looking into it.",
    "We have lost {number} hours on it since Monday.",
    "Otherwise we are happy with it.",
    "{person} at our branch in {place} knows the details.",
    "Our reference is {place}/{number}.",
    "Without it we cannot renew.",
    "It is not urgent, but it comes up in every meeting.",
    "A screenshot is attached.",
    "The same happens to our partner in {place}.",
)
_ONSETS = ("b", "br", "c", "d", "dr", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w")
_CORES = ("a", "e", "i", "o", "u", "ea", "ou")
_CODAS = ("n", "r", "l", "m", "ck", "st", "nd", "ll", "rn", "th")
_KINDS = ("Ltd", "Group", "& Sons", "Services", "Logistics", "Partners", "Holding", "Works")
_SOURCES = ("email", "call", "survey", "forum", "chat", "review")


def needs() -> list[str]:
    """Every need that the rows speak of, in words: "export the price list in another currency"."""
    every = [f"{verb} the {thing} {way}" for verb, thing, way in itertools.product(_VERBS, _THINGS, _WAYS)]
    Random(1).shuffle(every)
    return every[:NEEDS]


def names(count: int, seed: int) -> list[str]:
    """Names that nobody has: "Bramdouck", each once."""
    syllables = ["".join(parts) for parts in itertools.product(_ONSETS, _CORES, _CODAS)]
    pick, found = Random(seed), dict[str, None]()
    while len(found) < count:
        found[(pick.choice(syllables) + pick.choice(syllables)).capitalize()] = None
    return list(found)


def accounts(count: int = ACCOUNTS) -> list[str]:
    """The companies that speak."""
    pick = Random(2)
    return [f"{name} {pick.choice(_KINDS)}" for name in names(count, 2)]


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """The rows of the file, as `COLUMNS` says. A few accounts speak often; one row in eight names none."""
    pick, wanted, companies = Random(3), needs(), accounts()
    places, people = names(4_000, 4), names(8_000, 5)
    choice, random = pick.choice, pick.random
    for number in range(1, count + 1):
        need = wanted[int(NEEDS * random() ** 2)]
        words = f"{choice(_OPENINGS)} {choice(_MIDDLES)}. {choice(_ENDINGS)} {choice(_ENDINGS)}"
        if random() < 0.3:
            words += f" We also {choice(_MIDDLES)}."
        if not number % _SELDOM_EVERY:
            words += f" It was seen at the {SELDOM}."
        text = words.format(need=need, place=choice(places), person=choice(people), number=int(random() ** 3 * 90_000))
        company = "" if random() < 0.125 else companies[int(ACCOUNTS * random() ** 2)]
        said = _FIRST_DAY + timedelta(minutes=int(random() * _DAYS * 1440))
        subject = f"Cannot {need}" if random() < 0.6 else ""
        yield (f"T-{number}", company, choice(people), said.isoformat(), choice(_SOURCES), subject, text)


def write(path: Path, count: int) -> Path:
    """The file with `count` rows at `path`, made unless it is there."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        with beside.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(COLUMNS)
            out.writerows(rows(count))
        beside.rename(path)
    return path
