"""How often one wins, and how sure that is, from counts that are mostly small.

Each group of deals has a rate of its own, and the rates of groups are alike: Beta around a common middle, as narrow as
the groups' own counts make likely. Middle and narrowness are not guessed but summed over, by how well each explains all
counts (beta-binomial likelihood; the prior of the narrowness falls as its power of -5/2, Gelman et al., Bayesian Data
Analysis, 3rd edition, 5.3). So a group of two deals stays near the others, one of two hundred speaks for itself, and
the most extreme of many groups is not taken at its word. Each rate is then told as the Beta of its mean and variance. A
group alone has Jeffreys' prior, Beta(1/2, 1/2).
"""

from clearspan.engines.winloss.rates import Five, rate, rates

__all__ = ["Five", "rate", "rates"]
