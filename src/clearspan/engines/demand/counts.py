"""Plain counts beside the estimates: who was heard, who asked, and how much of it came from one account."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearspan.engines.demand.histogram import loudest
from clearspan.engines.demand.inputs import Floats, Ints
from clearspan.engines.demand.tally import Exposure, Tally


@dataclass(frozen=True)
class Counts:
    """Of every opportunity; founders are in all of them."""

    heard: Ints  # (G,) accounts with any occasion, the same for every opportunity
    asking: Ints  # (J, G) accounts that said they have the need
    effective_askers: Floats  # (J,) 1 / sum of squared shares of mentions; 0 where there are none
    largest: Ints  # (J,) account with the most mentions, or NOBODY
    largest_share: Floats  # (J,) its share of the mentions


def counts(open_to: Exposure, said: Tally, segment: Ints, segments: int) -> Counts:
    """Counts accounts and mentions by opportunity. `segment` is that of each account."""
    asking = said.mentions > 0
    cell = said.opportunity[asking] * segments + segment[said.account[asking]]
    total = np.bincount(said.opportunity, said.mentions, said.count)
    squares = np.bincount(said.opportunity, said.mentions.astype(float) ** 2, said.count)
    account, most = loudest(said)
    return Counts(
        heard=np.bincount(segment[open_to.heard > 0], minlength=segments),
        asking=np.bincount(cell, minlength=said.count * segments).reshape(said.count, segments),
        effective_askers=total**2 / np.maximum(squares, 1),
        largest=account,
        largest_share=most / np.maximum(total, 1),
    )
