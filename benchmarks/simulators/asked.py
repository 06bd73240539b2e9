"""What screens are asked for: every screen of tests/browser/pages.py, and filters, words, orders and pages far down."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from tests.browser.pages import SCREENS, Rows, Screen

from benchmarks.simulators.feedback import FREQUENT, NEVER, SELDOM
from clearspan.catalogue.models import Account, Segment
from clearspan.core.models import Event
from clearspan.stages.definition.models import Definition, Requirement
from clearspan.stages.development.models import WorkItem
from clearspan.stages.evidence.models import Feedback, Intelligence, Interview
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.models import Option

WORDS = (f"?q={FREQUENT}", f"?q={SELDOM}", f"?q={NEVER}")


def addresses(rows: Rows) -> Iterator[tuple[str, str, str]]:
    """(what it is, address, who asks), each once."""
    seen = set()
    for screen in (*SCREENS, *more(rows)):
        if missing := [one for one in screen.about if not isinstance(one, str) and one not in rows]:
            print(f"{screen.title}: the company has no {missing[0].__name__}", file=sys.stderr)
            continue
        asked = (screen.address(rows), screen.who)
        if screen.who and screen.status == 200 and asked not in seen:
            seen.add(asked)
            yield f"{screen.title}{'' if screen.who == 'ines' else f' ({screen.who})'}", asked[0], screen.who


def more(rows: Rows) -> Iterator[Screen]:
    """Lists as they are narrowed, searched, put in order and turned."""
    need, account, segment = rows[Opportunity], rows[Account], rows[Segment]
    heard = Feedback.objects.order_by("-said_at", "-pk")
    evidence = (
        *WORDS,
        f"?q={FREQUENT}+invoice",
        f"?q={FREQUENT}&segment={segment.pk}",
        "?channel=ticket",
        "?state=all",
        f"?segment={segment.pk}",
        f"?account=AC-{account.pk}",
        "?since=2023-01-01&until=2023-03-31",
        f"?state=all&account={quote(account.name)}&q={SELDOM}",
        f"?after={_far(heard, 'said_at')}",
    )
    yield from _each("inbox", evidence)
    yield from _each("feedback_list", (*evidence, "?sort=said_at", f"?sort=said_at&q={FREQUENT}", "?state=away"))
    yield from _each(
        "interviews",
        (
            *WORDS,
            f"?segment={segment.pk}",
            f"?after={_far(Interview.objects.order_by('-feedback__said_at'), 'feedback__said_at')}",
        ),
    )
    yield from _each(
        "intelligence",
        (
            "?q=notice",
            f"?q={NEVER}",
            f"?segment={segment.pk}",
            f"?after={_far(Intelligence.objects.order_by('-seen_on'), 'seen_on')}",
        ),
    )
    yield from _each("asks", ("?state=answered", "?state=", "?q=export", f"?q={NEVER}", "?page=40", "?mine"))
    yield from _each(
        "opportunities",
        (
            "?q=invoice",
            f"?q={NEVER}",
            "?sort=title",
            "?sort=-new",
            "?sort=asking",
            "?page=80",
            "?verdict=market",
            "?verdict=none",
            "?heard=3",
            f"?segment={segment.pk}",
            "?state=met",
            "?view=tree&q=invoice",
        ),
    )
    mentions = Mention.objects.filter(opportunity=need).order_by("-feedback__said_at")
    yield from _each(
        "opportunity_mentions",
        ("?q=spreadsheet", "?only=quotes", f"?after={_far(mentions, 'feedback__said_at')}"),
        Opportunity,
    )
    yield from _each("themes", ("?state=accepted", "?state=dismissed"))
    yield from _each(
        "options", ("?q=invoice", f"?q={NEVER}", "?state=chosen", "?sort=title", f"?need={need.pk}", "?page=30")
    )
    yield from _each("decisions", ("?q=decision", f"?q={NEVER}", "?kind=choose", "?page=30"))
    yield from _each(
        "accounts",
        (
            "?q=group",
            f"?q={NEVER}",
            f"?segment={segment.pk}",
            "?segment=none",
            "?kind=prospect",
            "?sort=-value",
            f"?after={_far(Account.objects.order_by('name'), 'name')}",
        ),
    )
    yield from _each("deals", ("?state=all", "?state=won", "?q=renewal", f"?q={NEVER}", "?sort=-amount", "?page=60"))
    yield from _each("imports", ("?q=tickets", "?kind=evidence", "?page=8"), of_product=False)
    yield from _each(
        "audit",
        (
            f"?after={_far(Event.objects.order_by('-pk'), 'pk').split('~')[1]}",
            "?person=1",
            "?action=change_option",
            "?interface=screen",
        ),
        of_product=False,
    )
    yield from _each("settings_people", ("?q=a", "?page=4"), of_product=False)
    yield from _each(
        "find", ("", "?q=inv", f"?q={FREQUENT}", f"?q={SELDOM}", f"?q={NEVER}", f"?q={need.ref}"), of_product=False
    )
    yield from _each("definitions", ("?q=export", f"?q={NEVER}", "?state=draft"))
    yield from _each("requirement", ("?q=spreadsheet",), Definition, Requirement)
    work = WorkItem.objects.order_by("-pk")
    yield from _each("items", (
        "?q=invoices", f"?q={NEVER}", "?state=all", "?state=done", "?kind=fix", "?reason=none", "?sort=added_on",
        f"?option={rows[Option].ref}", f"?state=all&after={_far(work, 'pk')}",
    ))  # fmt: skip
    yield from _each("commitments", ("?of=product", "?done=yes"))
    yield from _each("campaigns", ("?state=running", "?state=ended"))
    for part in ("drift_line", "market_heard", "beneath_pnl"):  # what a page asks for once it is there
        yield Screen(part)
    yield Screen("like", ("parent",), "?q=invoice")
    yield Screen("like", ("account",), "?q=group")
    yield Screen("like", ("deal",), "?q=renewal")
    for kind in ("need", "option", "launch", "account", "deal"):
        yield Screen("like", (kind,), "?q=")


def _each(name: str, queries: tuple[str, ...], *about: Any, of_product: bool = True) -> Iterator[Screen]:
    for query in queries:
        yield Screen(name, about, query, of_product=of_product)


def _far(rows: QuerySet[Any], field: str) -> str:
    """The key of the row halfway down a list, as its address has it."""
    row = rows.select_related(*([field.rpartition("__")[0]] if "__" in field else []))[rows.count() // 2]
    value = row
    for part in field.split("__"):
        value = getattr(value, part)
    return quote(f"{value.isoformat() if hasattr(value, 'isoformat') else value}~{row.pk}")
