"""The sample company ends yesterday, whatever day it is."""

from __future__ import annotations

from datetime import date

import pytest

from clearspan.catalogue.models import Product
from clearspan.interfaces.sample import building, defining, launching, planning, working
from clearspan.stages.development.models import WorkItem
from tests.interfaces.sample.conftest import SEED


@pytest.mark.parametrize("today", [date(2026, 1, 2), date(2026, 7, 4)])
def test_it_can_be_built_on_any_day(today: date, small: None, db: None) -> None:
    """On the second day of a quarter, on a Saturday ..."""
    company = building.write_rows(today, SEED)
    options = planning.options(company)
    planning.decisions(company, options, today)
    defining.definitions(company, options, planning.opportunities(company), today)
    working.items(company, options, today, SEED)
    launching.launches(company, options, today)
    launching.suppliers(company, options, today)
    in_hand = WorkItem.objects.filter(product=Product.objects.get(key="rimewatch"), state="doing")
    assert 0 < in_hand.count() <= 3  # who finished something on Friday begins on Monday
