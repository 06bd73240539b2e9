"""What the company sells, to whom, by whom, against whom."""

from clearspan.catalogue.models.competition import Competitor, Offer, Price, Standing, is_stale
from clearspan.catalogue.models.customers import Account, Contact, Deal, MarketSize, Segment
from clearspan.catalogue.models.products import (
    Gate,
    LifecycleStage,
    Line,
    OwnRecords,
    Product,
    ProductRole,
    Role,
)
from clearspan.catalogue.models.suppliers import Supplier, SupplierContact

__all__ = [
    "Account",
    "Competitor",
    "Contact",
    "Deal",
    "Gate",
    "LifecycleStage",
    "Line",
    "MarketSize",
    "Offer",
    "OwnRecords",
    "Price",
    "Product",
    "ProductRole",
    "Role",
    "Segment",
    "Standing",
    "Supplier",
    "SupplierContact",
    "is_stale",
]
