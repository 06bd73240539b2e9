"""Every write of the catalogue."""

from clearspan.catalogue.actions.company import (
    change_company,
    change_function,
    change_gate,
    change_lifecycle_stage,
    change_role,
    remove_gate,
    remove_lifecycle_stage,
)
from clearspan.catalogue.actions.customers import (
    change_account,
    change_competitor,
    change_contact,
    change_deal,
    record_account,
    record_competitor,
    record_contact,
    record_deal,
    remove_competitor,
)
from clearspan.catalogue.actions.market import change_segment, create_segment, remove_market_size, set_market_size
from clearspan.catalogue.actions.products import change_product, create_product, give_role, take_role

__all__ = [
    "change_account",
    "change_company",
    "change_competitor",
    "change_contact",
    "change_deal",
    "change_function",
    "change_gate",
    "change_lifecycle_stage",
    "change_product",
    "change_role",
    "change_segment",
    "create_product",
    "create_segment",
    "give_role",
    "record_account",
    "record_competitor",
    "record_contact",
    "record_deal",
    "remove_competitor",
    "remove_gate",
    "remove_lifecycle_stage",
    "remove_market_size",
    "set_market_size",
    "take_role",
]
