"""Drift: where the days of the people who build went, and whether that is changing.

    days = spread(work, first_day, periods=26, groups=3)     # person-days by week and group
    share_of(days_by_item, is_in)                            # a share, with its interval
    change(now, before)                                      # how likely the one share is above the other

Mathematics only: whole days since 1970 in, frozen dataclasses out.
"""

from clearspan.engines.drift.shares import Change, Share, change, share_of
from clearspan.engines.drift.spread import PERIOD, Spread, Work, spread

__all__ = ["PERIOD", "Change", "Share", "Spread", "Work", "change", "share_of", "spread"]
