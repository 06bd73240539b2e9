"""What surrounds a page."""

from __future__ import annotations

import pytest

from clearspan.ui.shell import Crumb, Person, Shell, trace


def test_the_line_always_has_eight_stations() -> None:
    line = trace(("96 mentions", "done", "/inbox"), ("this need", "here"))
    assert [s.state for s in line] == ["done", "here", *["none"] * 6]
    assert line[0].url == "/inbox"
    assert line[7].name == "In-life"


def test_a_ninth_station_is_refused() -> None:
    with pytest.raises(ValueError, match="eight stations"):
        trace(*[("", "none")] * 9)  # type: ignore[list-item]


def test_a_fact_keeps_to_twenty_characters() -> None:
    (station, *_) = trace(("three compared and one chosen", "done"))
    assert station.short == "three compared and…"


@pytest.mark.parametrize(("name", "initials"), [("Ines Maddox", "IM"), ("Ana de la Cruz", "AC"), ("Prince", "P")])
def test_initials_are_of_the_first_and_the_last_name(name: str, initials: str) -> None:
    assert Person(name).initials == initials


def test_a_page_sets_its_place_and_leaves_the_rest() -> None:
    everywhere = Shell(company="Ostrel", trace=trace(("1,284 mentions", "done")))
    here = everywhere.at("opportunities", Crumb("Opportunities"))
    assert (here.place, here.company, here.trace) == ("opportunities", "Ostrel", everywhere.trace)
    assert everywhere.place == ""
