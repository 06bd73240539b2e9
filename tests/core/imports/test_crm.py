"""A CRM's accounts, deals and segments, with the keys that CRMs have."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clearspan.catalogue.models import Account, Deal, MarketSize, Segment
from clearspan.core.actions import Invalid, Refused
from clearspan.core.imports import running
from clearspan.core.imports.actions import run_import, undo_import
from tests.core.imports.conftest import Begin
from tests.world import World

FIRMS = 'account,sector,arr,type\nNorthmole Marina,marinas,12000,Customer\nQuay West,boat yards,"1,400",Prospect\n'


def test_accounts_come_in_with_their_segments(world: World, bring: Begin) -> None:
    file = bring(world.sol, FIRMS, "accounts", mapping={"type": "is_customer"})
    assert (file.added, file.known, file.result["differing"]) == (1, 1, 0)
    quay = Account.objects.get(name="Quay West")
    assert (quay.segment.name, quay.value, quay.is_customer) == ("boat yards", Decimal(1400), False)  # type: ignore[union-attr]
    assert Segment.objects.count() == 3  # “marinas” is Marinas


def test_an_account_with_other_values_is_known_and_nothing_is_changed(world: World, bring: Begin) -> None:
    file = bring(world.sol, "name,arr\nnorthmole marina,9\n", "accounts")
    assert (file.added, file.known, file.result["differing"]) == (0, 1, 1)
    assert "1 of these has other values here" in file.words
    world.northmole.refresh_from_db()
    assert world.northmole.value == 12_000


def test_an_update_that_is_asked_for_can_be_taken_back(world: World, bring: Begin) -> None:
    file = bring(world.sol, "name,arr,notes\nnorthmole marina,9,Big\n", "accounts", update=True)
    world.northmole.refresh_from_db()
    assert (world.northmole.value, world.northmole.note, world.northmole.name) == (9, "Big", "Northmole Marina")
    file = undo_import(world.sol, file=file)
    world.northmole.refresh_from_db()
    assert (world.northmole.value, world.northmole.note) == (12_000, "")
    assert file.words == "0 rows removed, 1 put back as before"


def test_an_identity_is_looked_for_before_a_name(world: World, bring: Begin) -> None:
    Account.objects.filter(pk=world.northmole.pk).update(external_id="A-1")
    file = bring(world.sol, "id,name\nA-1,Northmole Group\nA-2,Northmole Marina\n", "accounts")
    assert (file.added, file.known, file.result["differing"]) == (1, 1, 1)
    assert Account.objects.get(external_id="A-2").name == "Northmole Marina"


def test_a_slip_of_the_pen_can_be_read_as_what_it_means(world: World, begin: Begin) -> None:
    text = "name,sector\nQuay West,technolgy\nPier South,Technology\nPier North,Technology\n"
    staging = running.bring_in(world.sol, begin(world.sol, text, "accounts"), dry=True)
    assert any("“technolgy” looks like “Technology”" in note for note in staging.notes)
    file = begin(world.sol, text, "accounts", options={"read:segment:technolgy": "Technology"})
    assert run_import(world.sol, file=file).result["made"] == {"segments": 1}


def test_a_column_of_many_words_is_no_column_of_segments(world: World, begin: Begin) -> None:
    rows = "".join(f"Firm {at},sector {at}\n" for at in range(61))
    with pytest.raises(Invalid, match="too many to be segments"):
        run_import(world.sol, file=begin(world.sol, f"name,sector\n{rows}", "accounts"))


def test_what_an_account_pays_a_month_counts_twelve_times(world: World, bring: Begin) -> None:
    bring(world.sol, "name,mrr\nQuay West,$100\n", "accounts")
    assert Account.objects.get(name="Quay West").value == 1200


def test_who_does_not_sell_brings_no_accounts_in(world: World, begin: Begin) -> None:
    with pytest.raises(Refused):
        run_import(world.devi, file=begin(world.devi, FIRMS, "accounts"))


PIPELINE = """opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
D1,Sol,TideLine,saltings sailingclub,Won,10/20/2016,3/1/2017,1054
D2,Sol,Tide line,,Lost,10/25/2016,3/11/2017,0
D3,Sol,tideline,Quay West,Engaging,10/25/2016,,
"""


def test_a_pipeline_comes_in_with_its_dirty_keys(world: World, bring: Begin) -> None:
    file = bring(world.sol, PIPELINE, "deals")
    assert (file.added, file.faulty, file.result["made"]) == (3, 0, {"accounts": 1})
    won, lost, open_ = Deal.objects.filter(brought_by=file).order_by("external_id")
    assert (won.product, won.account, won.state, won.amount) == (world.tideline, world.saltings, "won", 1054)
    assert won.closes_on.isoformat() == "2017-03-01"  # type: ignore[union-attr]
    assert (lost.account, lost.state) == (None, "lost")
    assert (open_.state, open_.step, open_.closes_on, open_.amount) == ("open", "Engaging", None, None)
    assert open_.account is not None
    assert not open_.account.is_customer  # it has bought nothing
    assert any("1 deals name no account" in note for note in file.result["notes"])


def test_deals_again_add_nothing_and_what_differs_is_counted(world: World, bring: Begin) -> None:
    bring(world.sol, PIPELINE, "deals")
    again = bring(world.sol, PIPELINE.replace("Engaging", "Won"), "deals")
    assert (again.added, again.known, again.result["differing"]) == (0, 3, 1)
    assert Deal.objects.get(external_id="D3").state == "open"
    updated = bring(world.sol, PIPELINE.replace("Engaging", "Won"), "deals", update=True)
    assert updated.result["updated"] == 1
    assert Deal.objects.get(external_id="D3").state == "won"


def test_a_product_that_is_none_is_a_fault_of_its_row(world: World, bring: Begin) -> None:
    file = bring(world.sol, PIPELINE.replace("Tide line", "Wavelength"), "deals")
    assert (file.status, file.faulty) == ("failed", 1)
    assert file.faults[0]["found"] == "“Wavelength”"


def test_a_confidential_product_is_no_product_for_who_may_not_see_it(world: World, bring: Begin) -> None:
    file = bring(world.sol, PIPELINE.replace("Tide line", "Umbra"), "deals")
    assert "Umbra" not in file.faults[0]["expected"]


def test_without_a_product_deals_do_not_come_in(world: World, begin: Begin) -> None:
    with pytest.raises(Invalid, match="which product"):
        run_import(world.sol, file=begin(world.sol, "deal name,amount\nBig,5\n", "deals"))


def test_segments_come_in_with_their_market_sizes_and_go_again(world: World, bring: Begin) -> None:
    text = "segment,accounts,value,source\nMarinas,320,9000,\nBoatyards,2000,750,Register\n"
    file = bring(world.ines, text, "segments", options={"product": "tideline"})
    assert (file.added, file.known, file.result["differing"]) == (1, 1, 0)
    size = MarketSize.objects.get(segment__name="Boatyards")
    assert (size.accounts, size.value_per_account, size.source) == (2000, 750, "Register")
    undo_import(world.ines, file=file)
    assert not Segment.objects.filter(name="Boatyards").exists()
    assert Segment.objects.count() == 2


def test_half_a_market_size_is_a_fault(world: World, bring: Begin) -> None:
    file = bring(world.ines, "segment,accounts\nBoatyards,2000\n", "segments", options={"product": "tideline"})
    assert "market size with both" in file.faults[0]["expected"]


def test_a_market_size_changes_only_when_that_is_asked_for(world: World, bring: Begin) -> None:
    text = "segment,accounts,value\nMarinas,400,9000\n"
    assert bring(world.ines, text, "segments", options={"product": "tideline"}).result["differing"] == 1
    assert MarketSize.objects.get(segment=world.marinas).accounts == 320
    file = bring(world.ines, text, "segments", options={"product": "tideline"}, update=True)
    assert MarketSize.objects.get(segment=world.marinas).accounts == 400
    undo_import(world.ines, file=file)
    assert MarketSize.objects.get(segment=world.marinas).accounts == 320
