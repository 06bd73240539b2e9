"""Every read of this stage, by noun. Each takes the actor first and asks a constant number of queries."""

from clearspan.stages.opportunities.queries.freshness import Unseen, newest, under_way, unseen
from clearspan.stages.opportunities.queries.listing import Filters, Row, Table, like, table
from clearspan.stages.opportunities.queries.one import Need, need
from clearspan.stages.opportunities.queries.tree import Branch, tree
from clearspan.stages.opportunities.queries.trends import mentions_by_month

__all__ = [
    "Branch",
    "Filters",
    "Need",
    "Row",
    "Table",
    "Unseen",
    "like",
    "mentions_by_month",
    "need",
    "newest",
    "table",
    "tree",
    "under_way",
    "unseen",
]
