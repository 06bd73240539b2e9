"""What promotion costs per customer won, and how sure that is, from counts that are mostly small.

Customers are won at some rate for the money spent. Seeing `won` for `spend`, with Jeffreys' prior for a Poisson rate,
the rate per unit of money is Gamma(won + 1/2) / spend, so what one customer costs is spend / Gamma(won + 1/2). Shares
(of those reached, how many respond) are Beta(k + 1/2, n - k + 1/2), Jeffreys' prior again. Both priors give intervals
whose coverage is close to what they say for any true value (Brown, Cai, DasGupta 2001, 2003).
"""

from clearspan.engines.promotion.counts import Five, cost_per_win, share, surely_under, wins_by

__all__ = ["Five", "cost_per_win", "share", "surely_under", "wins_by"]
