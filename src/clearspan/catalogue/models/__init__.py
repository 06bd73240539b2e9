"""What the company sells, to whom, by whom, against whom."""

from clearspan.catalogue.models.customers import Account, Competitor, Contact, Deal, MarketSize, Segment
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
    "OwnRecords",
    "Product",
    "ProductRole",
    "Role",
    "Segment",
    "Supplier",
    "SupplierContact",
]
