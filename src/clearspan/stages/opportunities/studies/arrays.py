"""Rows -> arrays: what was heard about a product, as the demand engine takes it.

The arrays name rows by their numbers only: a saved study holds no copy of what people said or are called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from clearspan.catalogue.models import Account, MarketSize, Product, Segment
from clearspan.core.actor import Actor
from clearspan.core.studies import CannotStudy
from clearspan.engines.demand import NOTHING_KNOWN, Accounts, Evidence, Market
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Opportunity
from clearspan.ui.numbers import plural

Arrays = dict[str, np.ndarray[Any, np.dtype[Any]]]
_CHUNK = 20_000


@dataclass(frozen=True)
class Heard:
    """What a demand study is given. Occasion i is the feedback `occasions[i]`; `left_out` says what is not in."""

    evidence: Evidence
    accounts: Accounts
    market: Market
    occasions: np.ndarray[Any, np.dtype[np.int64]]
    left_out: tuple[str, ...]

    def to_arrays(self) -> Arrays:
        """Everything but `left_out`; `from_arrays` reads it."""
        e, a, m = self.evidence, self.accounts, self.market
        return {
            "account": e.account,
            "occasion": e.occasion,
            "date": e.date,
            "prompted": e.prompted,
            "opportunity": e.opportunity,
            "answer": e.answer,
            "opportunities": np.array([int(Opportunity.key_of(name) or 0) for name in e.opportunities]),
            "accounts": np.array([int(Account.key_of(name) or 0) for name in a.names]),
            "account_segment": a.segment,
            "segments": np.array(m.segments),
            "market_accounts": m.accounts,
            "market_value": m.value_per_account,
            "occasions": self.occasions,
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Heard:
        a = arrays
        return cls(
            Evidence(
                a["account"],
                a["occasion"],
                a["date"],
                a["prompted"],
                a["opportunity"],
                a["answer"],
                tuple(f"OP-{pk}" for pk in a["opportunities"].tolist()),
            ),
            Accounts(tuple(f"AC-{pk}" for pk in a["accounts"].tolist()), a["account_segment"]),
            Market(tuple(a["segments"].tolist()), a["market_accounts"], a["market_value"]),
            a["occasions"],
            (),
        )


def heard(product: Product) -> Heard:
    """Everything heard about `product`, all of it, whoever asks: a study runs on all evidence.

    A copy is one occasion with its original. What was put away is an occasion like any other. What is linked to no
    open need, or to one put away, is silence about those that are. So is a piece nobody has read yet: reading fewer
    pieces makes each need seldomer heard, which the study learns, and not rarer. But an import of which nobody has read
    anything yet is whole accounts of which nothing is known, and is left out (docs/decisions/0017). Raises CannotStudy
    when something is missing.
    """
    sizes = list(MarketSize.objects.filter(product=product).select_related("segment"))
    if not sizes or not sum(size.accounts for size in sizes):
        raise CannotStudy(
            f"How many accounts the market of {product} has is not known. Say it by segment on the page Market."
        )
    needs = list(
        Opportunity.objects.visible_to(Actor.system())
        .filter(product=product, state=Opportunity.State.OPEN)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if not needs:
        raise CannotStudy("There are no open needs yet. Add the first, or let Clearspan propose themes.")
    segments = {size.segment_id: g for g, size in enumerate(sizes)}
    table, left_out = _table(product, segments)
    if not len(table):
        why = f" Left out: {'; '.join(left_out)}." if left_out else ""
        raise CannotStudy(f"Nothing was heard yet from an account whose segment has a market size.{why}")
    return _arrays(table, needs, segments, sizes, left_out)


# feedback, original, account, segment of the market, day, need (0: none), prompted, answer, import (0: none)
_ROW = np.dtype(
    [(name, np.int64) for name in ("feedback", "root", "account", "segment", "day", "need", "asked", "yes", "lot")]
)


def _table(product: Product, segments: dict[int, int]) -> tuple[np.ndarray[Any, Any], tuple[str, ...]]:
    left_out: Counter[int | None] = Counter()
    begun = {0}  # imports of which something was read; what came by itself is read as it comes
    nobody = Feedback.objects.filter(product=product, account=None).count()
    rows = (
        Feedback.objects.filter(product=product, account__isnull=False)
        .order_by("said_at", "pk")
        .values_list(
            "pk", "copy_of", "account", "account__segment", "said_at", "mentions__opportunity", "mentions__prompted",
            "mentions__answer", "brought_by", "state",
        )
    )  # fmt: skip

    def usable(stream: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, ...]]:
        seen = 0
        for pk, copy_of, account, segment, said_at, need, prompted, answer, lot, state in stream:
            if need is not None or state != Feedback.State.NEW:
                begun.add(lot or 0)
            if segment not in segments:
                left_out[segment] += pk != seen
                seen = pk
                continue
            asked = bool(prompted) and need is not None
            yes = need is None or bool(answer)
            yield pk, copy_of or pk, account, segments[segment], said_at.toordinal(), need or 0, asked, yes, lot or 0

    table = np.fromiter(usable(rows.iterator(chunk_size=_CHUNK)), dtype=_ROW)
    read = np.isin(table["lot"], sorted(begun))
    return table[read], _said(nobody, left_out, int((~read).sum()))


def _said(nobody: int, left_out: Counter[int | None], unread: int) -> tuple[str, ...]:
    """What is not in the study, in words."""
    said = []
    if unread:
        said.append(f"{plural(unread, 'piece')} of feedback of imports nobody has begun to read")
    if nobody:
        said.append(f"{plural(nobody, 'piece')} of feedback without an account")
    names = dict(Segment.objects.filter(pk__in=[pk for pk in left_out if pk]).values_list("pk", "name"))
    for segment, count in sorted(left_out.items(), key=lambda item: -item[1]):
        of = (
            f"accounts of {names[segment]}, whose market size is not known" if segment else "accounts without a segment"
        )
        said.append(f"{plural(count, 'piece')} of feedback from {of}")
    return tuple(said)


def _arrays(
    table: np.ndarray[Any, Any],
    needs: list[int],
    segments: dict[int, int],
    sizes: list[MarketSize],
    left_out: tuple[str, ...],
) -> Heard:
    occasions, occasion = np.unique(_originals(table), return_inverse=True)
    accounts, first, account = np.unique(table["account"], return_index=True, return_inverse=True)
    keys = np.array(needs, dtype=np.int64)
    place = np.minimum(np.searchsorted(keys, table["need"]), len(keys) - 1)
    known = keys[place] == table["need"]
    return Heard(
        Evidence(
            account.astype(np.int64),
            occasion.astype(np.int64),
            table["day"],
            np.where(known, table["asked"], 0),
            np.where(known, place, NOTHING_KNOWN),
            np.where(known, table["yes"], 1),
            tuple(f"OP-{pk}" for pk in needs),
        ),
        Accounts(tuple(f"AC-{pk}" for pk in accounts.tolist()), table["segment"][first]),
        Market(
            tuple(size.segment.name for size in sizes),
            np.array([float(size.accounts) for size in sizes]),
            np.array([float(size.value_per_account) for size in sizes]),
        ),
        occasions,
        left_out,
    )


def _originals(table: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The feedback each row's occasion is: a copy's original, and that one's, to the end of the chain."""
    copies = table[table["feedback"] != table["root"]]
    chain = dict(zip(copies["feedback"].tolist(), copies["root"].tolist(), strict=True))

    def end(pk: int) -> int:
        passed = {pk}
        while (above := chain.get(pk)) is not None and above not in passed:
            passed.add(pk := above)
        return pk

    roots = table["root"].copy()
    for i in np.flatnonzero(table["feedback"] != table["root"]).tolist():
        roots[i] = end(int(roots[i]))
    return roots
