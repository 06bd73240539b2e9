"""What the sample company is made of hangs together."""

from __future__ import annotations

from typing import Any

from clearspan.interfaces.sample.content import PRODUCTS, load, needs, segments, words
from clearspan.stages.evidence.models import Feedback


def test_there_are_forty_needs_in_a_tree() -> None:
    keys = {(need.product, need.key) for need in needs()}
    assert len(needs()) == len(keys) == 40
    assert all((need.product, need.parent) in keys for need in needs() if need.parent)
    assert 6 <= len({(need.product, need.parent) for need in needs() if need.parent}) <= 12


def test_every_share_is_a_probability_for_each_segment() -> None:
    assert len(segments()) == 6
    assert all(len(need.share) == 6 and all(0 <= share < 1 for share in need.share) for need in needs())


def test_every_segment_has_a_size_and_a_source_for_each_product() -> None:
    assert all(set(segment.market) == set(segment.sources) == set(PRODUCTS) for segment in segments())


def test_options_name_needs_options_and_people_that_there_are() -> None:
    options = load("options")["option"]
    keys, known = {row["key"] for row in options}, {(need.product, need.key) for need in needs()}
    assert len(keys) == len(options) == 30
    for row in options:
        assert all((row["product"], need) in known for need in row["meets"])
        assert set(row.get("requires", []) + row.get("excludes", [])) <= keys


def test_the_main_needs_have_two_options_or_more() -> None:
    met = [need for row in load("options")["option"] for need in row["meets"]]
    main = {
        "only-when-worth-it",
        "somebody-answers",
        "month-ready",
        "what-we-did",
        "no-waiting",
        "one-pc",
        "find-batch",
    }
    assert all(met.count(need) >= 2 for need in main)


def test_every_estimate_rises_and_names_its_source() -> None:
    for row in load("options")["option"]:
        assert row["source"]
        numbers = {name: value for name, value in row["case"].items() if isinstance(value, list) and len(value) == 3}
        assert all(low < likely < high for low, likely, high in [*row["effort"].values(), *numbers.values()])
        assert set(row["case"]["sources"]) <= set(row["case"])


def test_there_is_something_that_speaks_of_no_need_for_every_channel() -> None:
    assert set(words()["silent"]) == set(Feedback.Channel.values)


def test_what_is_compared_is_required_of_a_definition() -> None:
    def titles(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(titles, value))
        if isinstance(value, dict):
            return {value.get("title", ""), *titles(list(value.values()))}
        return set()

    assert {one["requirement"] for one in load("market")["does"]} <= titles(load("definitions"))
