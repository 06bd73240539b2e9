"""What the company sells, to whom, by whom, against whom."""

from clearspan.catalogue.models.customers import Account, Competitor, Contact, Deal, MarketSize, Segment
from clearspan.catalogue.models.products import Gate, LifecycleStage, Line, Product, ProductRole, Role

__all__ = [
    "Account",
    "Competitor",
    "Contact",
    "Deal",
    "Gate",
    "LifecycleStage",
    "Line",
    "MarketSize",
    "Product",
    "ProductRole",
    "Role",
    "Segment",
]
