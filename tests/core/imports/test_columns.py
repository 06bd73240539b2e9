"""Columns are understood by a known export, by their names, by what they hold; the rest is left out."""

from __future__ import annotations

import pytest

from clearspan.core.imports.columns import plain_name, recognise, understand
from clearspan.core.imports.kinds import registry


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Created At", "createdat"), ("property_createdate", "createdate"), ("Custom field (Tier)", "tier")],
)  # fmt: skip
def test_a_name_is_compared_without_case_marks_and_wrapping(written: str, plain: str) -> None:
    assert plain_name(written) == plain


def test_columns_are_understood_by_their_names() -> None:
    understood = understand(registry["evidence"], ["Company", "Submitted", "Feedback", "Colour"], [])
    assert understood.mapping == {"Company": "account", "Submitted": "said_at", "Feedback": "text"}


def test_the_likelier_of_two_names_is_taken() -> None:
    understood = understand(registry["evidence"], ["updated_at", "created_at"], [])
    assert understood.mapping == {"created_at": "said_at"}


def test_a_known_export_is_recognised_with_its_channel() -> None:
    header = ["id", "subject", "description", "requester_id", "organization_id", "created_at"]
    understood = understand(registry["evidence"], header, [])
    assert understood.system == "Zendesk tickets"
    assert understood.options == {"channel": "ticket"}
    assert understood.mapping["organization_id"] == "account_id"


def test_dates_and_texts_are_found_by_what_they_hold() -> None:
    sample = [["2026-03-01", "The report takes a minute to open.", "7"]] * 3
    understood = understand(registry["evidence"], ["wann", "was", "n"], sample)
    assert understood.mapping == {"wann": "said_at", "was": "text"}


def test_a_due_date_is_not_taken_for_when_it_was_said() -> None:
    assert understand(registry["evidence"], ["Due"], [["2026-03-01"]]).mapping == {}


def test_a_customers_own_turnover_is_left_out_with_the_reason() -> None:
    understood = understand(registry["accounts"], ["Name", "AnnualRevenue"], [])
    assert understood.mapping == {"Name": "name"}
    assert "turnover" in understood.notes[0]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (["OpportunityId", "OpportunityName", "StageName", "AccountId", "Amount"], "deals"),
        (["Company name", "ARR", "Industry"], "accounts"),
        (["id", "created", "title", "body"], "evidence"),
        (["id", "subject", "description", "status", "assignee", "requester", "created"], "evidence"),
        (["segment", "market_accounts", "value_per_account"], "segments"),
        (["key", "title", "status", "assignee", "created", "finished"], "items"),
        (["Summary", "Issue key", "Issue Type", "Status", "Created"], "items"),
    ],
)
def test_what_a_file_holds_is_told_from_its_header(header: list[str], kind: str) -> None:
    found = recognise(header)
    assert found is not None
    assert found.name == kind


def test_columns_of_one_name_are_one_field_where_several_may_be() -> None:
    header = ["Summary", "Issue key", "Issue Type", "Status", "Labels", "Labels (2)", "Sprint (2)"]
    mapping = understand(registry["items"], header, []).mapping
    assert [column for column, name in mapping.items() if name == "labels"] == ["Labels", "Labels (2)"]


def test_columns_that_a_company_names_are_told_by_their_dates() -> None:
    header = ["ID", "Link", "Name", "Ready", "Building", "Out", "Type"]
    sample = [["A-1", "https://example.org", "Draw", "2026-03-02", "2026-03-04", "", "Story"],
              ["A-2", "https://example.org", "Sink", "2026-03-02", "", "2026-03-09", "Bug"]]  # fmt: skip
    understood = understand(registry["items"], header, sample)
    assert understood.system == "ActionableAgile"
    assert [column for column, name in understood.mapping.items() if name == "stage_days"] == [
        "Ready",
        "Building",
        "Out",
    ]
    assert understand(registry["items"], header, []).system == ""


_STAGES = ["ID", "Link", "Title", "Ready", "In Progress", "Done"]
_THREE = [["A-1", "https://example.org/1", "Draw", "2026-03-02", "2026-03-04", "2026-03-09"]]


def test_stages_beside_a_title_are_told_by_their_dates_too() -> None:
    found = recognise([*_STAGES, "Type"], [[*_THREE[0], "Bug"]])
    assert found is registry["items"]
    understood = understand(found, _STAGES, _THREE)
    assert understood.system == "ActionableAgile"
    assert understood.mapping == {
        "ID": "key", "Link": "url", "Title": "title",
        "Ready": "stage_days", "In Progress": "stage_days", "Done": "stage_days",
    }  # fmt: skip


def test_a_stage_that_nobody_has_come_to_is_one() -> None:
    mapping = understand(
        registry["items"], [*_STAGES, "Type", "Due"], [[*_THREE[0][:5], "", "Bug", "2026-05-01"]]
    ).mapping
    assert [column for column, name in mapping.items() if name == "stage_days"] == ["Ready", "In Progress", "Done"]


@pytest.mark.parametrize(
    "more", [["created_at", "updated_at"], ["created", "closed"], ["date", "last_seen"], ["published", "seen", "body"]]
)
def test_a_title_with_dates_of_another_kind_is_no_board(more: list[str]) -> None:
    header, row = (
        ["id", "link", "title", *more],
        [*_THREE[0][:3], "2026-03-02", "2026-03-04", "Words."][: 3 + len(more)],
    )
    assert recognise(header, [row]) is not registry["items"]


def test_dates_that_say_what_they_are_are_no_stages() -> None:
    header = ["id", "link", "title", "created", "started", "finished"]
    understood = understand(registry["items"], header, _THREE)
    assert understood.system == ""
    assert understood.mapping["started"] == "started_on"


def test_a_board_with_words_is_one_where_items_were_chosen() -> None:
    header = ["ID", "Link", "Title", "Ready", "Building", "Released", "Description"]
    sample = [[*_THREE[0], "It pulls."]]
    assert recognise(header, sample) is not registry["items"]
    assert understand(registry["items"], header, sample).system == "ActionableAgile"
