"""What is known of each customer: how often they came back, when last, and for how long one has been able to see it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Customers:
    """One entry a customer. Times are in one unit (weeks, say), counted from each customer's own first purchase.

    frequency: repeat purchases, 0 for one who bought once. recency: when the last of them was, 0 when there was none.
    observed: how long the customer has been watched. value: mean worth of a repeat purchase; NaN or 0 without one.
    """

    frequency: Floats
    recency: Floats
    observed: Floats
    value: Floats | None = None

    def __len__(self) -> int:
        return len(self.frequency)

    def faults(self) -> list[tuple[int, str, float, str]]:
        """(customer, which, found, expected) of what cannot be so."""
        checks = (
            ("frequency", self.frequency, (self.frequency >= 0) & (self.frequency % 1 == 0), "a whole number from 0"),
            ("recency", self.recency, (self.recency >= 0) & (self.recency <= self.observed), "from 0 to T"),
            ("recency", self.recency, (self.frequency == 0) == (self.recency == 0), "0 for those who bought once, "
             "above 0 for others"),
            ("T", self.observed, self.observed > 0, "above 0"),
        )  # fmt: skip
        return [
            (int(at), name, float(values[at]), expected)
            for name, values, fine, expected in checks
            for at in np.flatnonzero(~fine)
        ]


def summarised(customer: NDArray[np.intp], time: Floats, until: float, amount: Floats | None = None) -> Customers:
    """Purchases as a summary a customer, in the order of the customers' numbers, which run from 0 without a gap.

    Purchases of a customer at the very same time are one. `until` is the end of what was watched, in the unit of
    `time`; nothing may be later.
    """
    order = np.lexsort((time, customer))
    who, when = customer[order], time[order]
    new = np.ones(len(who), dtype=bool)
    new[1:] = (who[1:] != who[:-1]) | (when[1:] != when[:-1])
    first = np.ones(len(who), dtype=bool)
    first[1:] = who[1:] != who[:-1]
    count = int(customer.max()) + 1 if len(customer) else 0
    begun, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(begun, who, when)
    np.maximum.at(last, who, when)
    frequency = np.bincount(who[new], minlength=count).astype(np.float64) - 1
    value = None
    if amount is not None:
        starts = begun[who]
        repeat = when > starts
        spent = np.bincount(who[repeat], weights=amount[order][repeat], minlength=count)
        value = np.divide(spent, frequency, out=np.full(count, np.nan), where=frequency > 0)
    return Customers(frequency, last - begun, until - begun, value)
