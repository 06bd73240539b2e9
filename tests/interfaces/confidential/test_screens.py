"""No page, no file, no feed and no search tells anything of a confidential product to who has no right to it."""

from __future__ import annotations

import pytest

from tests.browser.pages import NO_SCREEN
from tests.interfaces.confidential.doors import Doors, named
from tests.interfaces.confidential.planted import EMPLOYEES, GUESTS, SECRET, Rows, signed_in, text_of
from tests.world import World

NOT_LOOKED_AT = {
    "mcp": "test_programs.py speaks with it",
    "portal_leave": "ends a visitor's own sitting", "portal_erase": "takes a visitor's own words away",
    "stop_digest": "behind a signed link of a letter: its reader's own", "switch_person": "of the sample company alone",
    "supplier_invite": "a button, which is an action: test_programs.py presses all",
}  # fmt: skip
EVERYBODY = [*EMPLOYEES, *GUESTS, None]


def test_the_manager_reads_the_marker_nearly_everywhere(doors: Doors) -> None:
    """Else the other tests would hold of nothing."""
    assert len(doors.telling) > 120, len(doors.telling)
    assert {"/umbra/opportunities", "/audit", "/imports", "/settings/products"} <= doors.telling
    assert {named(address) for address in doors.fallen} == {"demand_study", "opportunity", "plan"}  # without results


def test_every_address_is_looked_at(doors: Doors) -> None:
    looked_at = {named(address) for address in (*doors.pages, *doors.further)}
    there = {name for name in NO_SCREEN if not name.startswith(("mfa_", "oidc_", "patterns"))}
    assert there - looked_at == set(NOT_LOOKED_AT)


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_and_no_file_tells(world: World, doors: Doors, who: str | None) -> None:
    client, told = signed_in(world, who), []
    for address in (*doors.pages, *doors.further):
        answers = [client.get(address)]  # where one is led instead is among the addresses itself
        if answers[0].status_code == 405:
            answers.append(client.post(address))
        if any(SECRET in text_of(answer) for answer in answers):
            told.append(address)
    assert not told, "\n".join(told)


@pytest.mark.parametrize("who", ["another", "sol"])
def test_no_page_of_another_product_tells(world: World, doors: Doors, who: str) -> None:
    client = signed_in(world, who)
    told = [address for address in doors.beside(world.tideline) if SECRET in text_of(client.get(address))]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("who", [*EMPLOYEES, *GUESTS])
def test_no_search_tells(world: World, rows: Rows, who: str) -> None:
    client, references = signed_in(world, who), {row.ref for row in rows.values() if hasattr(row, "ref")}
    for q in ("", SECRET, "OP-", "Umbra", *references):
        said = text_of(client.get("/find", {"q": q}))
        assert SECRET not in said and "Umbra" not in said.replace(f"q={q}", ""), q
