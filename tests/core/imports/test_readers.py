"""Files of every format are read as streams; what cannot be read is said with its place."""

from __future__ import annotations

import json

import pytest
import xlsxwriter

from clearspan.core.imports.faults import Fault, Unreadable
from clearspan.core.imports.readers import open_table
from tests.core.imports.conftest import Write


def test_a_comma_separated_file_gives_its_header_and_rows_with_their_lines(write: Write) -> None:
    table = open_table(write("name,note\nAnn,one\n\nBo,two\n"))
    assert table.header == ["name", "note"]
    assert list(table.rows()) == [(2, ["Ann", "one"]), (4, ["Bo", "two"])]


def test_rows_are_numbered_by_the_line_on_which_they_begin(write: Write) -> None:
    table = open_table(write('name,note\nAnn,"first\nsecond"\nBo,two\n'))
    assert [number for number, _ in table.rows()] == [2, 4]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_the_separator_is_found_and_said(write: Write, separator: str) -> None:
    table = open_table(write(f"name{separator}note\nAnn{separator}a, b\nBo{separator}c, d\n"))
    assert table.header == ["name", "note"]
    assert any("separated by" in note for note in table.notes)


def test_a_separator_announced_by_a_spreadsheet_is_taken(write: Write) -> None:
    assert open_table(write("sep=;\nname;note\nAnn;one\n")).header == ["name", "note"]


def test_a_byte_order_mark_is_no_part_of_the_first_name(write: Write) -> None:
    assert open_table(write("\ufeffname,note\nAnn,one\n".encode())).header == ["name", "note"]


def test_utf_16_is_read(write: Write) -> None:
    table = open_table(write("name,note\nZoë,ünder\n".encode("utf-16")))
    assert next(table.rows()) == (2, ["Zoë", "ünder"])


@pytest.mark.parametrize(
    ("encoding", "text", "said"), [("latin-1", "Zoë", "Latin-1"), ("cp1252", "Zoë’s", "Windows-1252")]
)
def test_an_eight_bit_file_is_read_and_said_with_the_line_that_gave_it_away(
    write: Write, encoding: str, text: str, said: str
) -> None:
    table = open_table(write(f"name,note\nAnn,one\n{text},two\n".encode(encoding)))
    assert list(table.rows())[1] == (3, [text, "two"])
    assert said in table.notes[0]
    assert "line 3" in table.notes[0]


def test_a_wished_encoding_that_does_not_fit_is_refused(write: Write) -> None:
    with pytest.raises(Unreadable, match="not written in utf-8"):
        open_table(write("name\nZoë\n".encode("latin-1")), {"encoding": "utf-8"})


def test_a_row_with_a_cell_too_few_is_a_fault_and_the_others_stand(write: Write) -> None:
    rows = dict(open_table(write("a,b,c\n1,2,3\n1,2\n4,5,6\n")).rows())
    assert rows[3] == Fault(3, "", "2 cells", "3, as in the header")
    assert rows[4] == ["4", "5", "6"]


def test_empty_cells_at_the_end_of_a_row_are_no_fault(write: Write) -> None:
    assert next(open_table(write("a,b\n1,2,,\n")).rows()) == (2, ["1", "2"])


def test_a_quote_that_is_never_closed_ends_the_reading_at_its_row(write: Write) -> None:
    with pytest.raises(Unreadable, match="Row 3 is torn"):
        list(open_table(write('a,b\n1,2\n3,"open\n5,6\n')).rows())


def test_columns_without_a_name_or_with_the_same_get_names_of_their_own(write: Write) -> None:
    assert open_table(write("Labels,,Labels\n1,2,3\n")).header == ["Labels", "column 2", "Labels (2)"]


def test_an_array_of_objects_becomes_rows_with_dotted_names(write: Write) -> None:
    content = [{"id": 1, "source": {"author": {"name": "Ann"}}, "tags": ["a", "b"]}, {"id": 2, "open": True}]
    table = open_table(write(json.dumps(content), "x.json"))
    assert table.header == ["id", "source.author.name", "tags", "open"]
    assert list(table.rows()) == [(1, ["1", "Ann", "a, b", ""]), (2, ["2", "", "", "yes"])]


def test_one_object_a_line_is_read_too(write: Write) -> None:
    table = open_table(write('{"id": 1}\n{"id": 2}\n', "x.jsonl"))
    assert [cells for _, cells in table.rows()] == [["1"], ["2"]]


def test_the_list_in_an_answer_is_found_and_said(write: Write) -> None:
    table = open_table(write(json.dumps({"count": 2, "tickets": [{"id": 7}, {"id": 8}]}), "x.json"))
    assert [cells for _, cells in table.rows()] == [["7"], ["8"]]
    assert "tickets" in table.notes[0]


def test_what_a_row_names_by_its_identity_has_the_name_that_the_document_says(write: Write) -> None:
    board = {
        "id": "b", "lists": [{"id": "l1", "name": "Doing"}], "members": [{"id": "m1", "fullName": "Ada Nyberg"}],
        "labels": [{"id": "x", "name": "Elsewhere"}],
        "cards": [
            {"name": "Draw", "idList": "l1", "idMembers": ["m1"], "idLabels": ["x"], "labels": [{"name": "bug"}]},
            {"name": "Sink", "idList": "gone", "idMembers": [], "idLabels": [], "labels": []},
        ],
    }  # fmt: skip
    table = open_table(write(json.dumps(board), "board.json"))
    draw, sink = (dict(zip(table.header, row, strict=True)) for _, row in table.rows())
    assert (draw["list"], draw["members"], draw["labels"]) == ("Doing", "Ada Nyberg", "bug")
    assert (sink["list"], sink["members"]) == ("", "")


def test_an_array_that_is_cut_off_says_after_which_object(write: Write) -> None:
    with pytest.raises(Unreadable, match="torn after object 2"):
        list(open_table(write('[{"id": 1}, {"id": 2}, {"id": ', "x.json")).rows())


def test_objects_longer_than_a_block_are_read_whole(write: Write) -> None:
    long = "x" * 3_000_000
    table = open_table(write(json.dumps([{"text": long}, {"text": "short"}]), "x.json"))
    assert [len(cells[0]) for _, cells in table.rows() if isinstance(cells, list)] == [len(long), 5]


def test_a_workbook_is_read_with_its_dates_and_whole_numbers(write: Write) -> None:
    path = write(b"", "book.xlsx")
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Empty")
    sheet = book.add_worksheet("Tickets")
    sheet.write_row(0, 0, ["id", "when", "worth"])
    sheet.write_row(1, 0, [12, None, 3.5])
    sheet.write_datetime(1, 1, __import__("datetime").datetime(2026, 3, 1), book.add_format({"num_format": "d/m/yy"}))
    book.close()
    table = open_table(path)
    assert table.format == "XLSX"
    assert "Tickets" in table.notes[0]
    (number, cells), *_ = table.rows()
    assert number == 2
    assert (cells[0], cells[1][:10], cells[2]) == ("12", "2026-03-01", "3.5")  # type: ignore[index]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"%PDF-1.7 ...", "PDF"), (b"<?xml version='1.0'?><a/>", "XML"), (b"PK\x03\x04torn", "workbook")],
)
def test_what_is_no_table_is_said_so(write: Write, content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        open_table(write(content))
