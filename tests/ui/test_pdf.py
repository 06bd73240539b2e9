"""Documents as PDF, and Markdown as values."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
import typst

from clearspan.ui import pdf
from clearspan.ui.markdown_tree import plain, tree
from clearspan.ui.pdf import Document, Entry, Part
from clearspan.ui.shell import trace

LINE = trace(("96 mentions", "done"), ("this need", "here"), ("none yet", "next"))
MARKDOWN = """# Dusk

**Who** *lies* `where` [there](https://example.org)

1. a
   - b

> c

| d |
|---|
| e |

```
f
```

---"""


def test_a_document_is_a_pdf_that_says_what_it_is_called() -> None:
    made = pdf.pdf(_document(MARKDOWN))
    assert made.startswith(b"%PDF-")
    assert b"Berth map" in made


def test_every_page_is_a_picture_for_who_wants_to_look() -> None:
    pages = pdf.pictures(_document(MARKDOWN), points=40)
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_many_entries_go_over_many_pages() -> None:
    entries = tuple(
        Entry(f"RQ-{n}", f"Requirement {n}", "It is so.", ("One", "Two"), "Accepted when", "Why") for n in range(60)
    )
    assert len(pdf.pictures(Document("x", (), "x", parts=(Part("All", entries=entries),)), points=20)) > 3


@pytest.mark.parametrize(
    "text", ['#panic("run")', '#include "/etc/passwd"', "$ #panic() $", "`#panic()`", "```typ\n#panic()\n```"]
)
def test_no_word_of_people_is_run(text: str) -> None:
    whole = Document(
        text,
        (text,),
        text,
        text,
        LINE,
        (Part(text, text, ((text, text),), (Entry(text, text, text, (text,), text, text),)),),
        text,
    )
    assert pdf.pdf(whole).startswith(b"%PDF-")  # run, it would be an error


def test_it_needs_no_face_of_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_fonts", lambda: typst.Fonts(include_system_fonts=False))
    made = pdf.pdf(_document(MARKDOWN))
    faces = re.findall(rb"/BaseFont\s*/[A-Z]+\+([A-Za-z]+)", made + _inflated(made))
    assert faces and all(face.startswith((b"Libertinus", b"DejaVu")) for face in faces)


def test_links_go_to_the_web_and_to_mail_only() -> None:
    found = tree("[a](https://example.org) [b](mailto:a@example.org) [c](file:///etc/passwd) [d](/settings)")
    assert [node["to"] for node in found[0]["of"] if node["is"] == "link"] == [
        "https://example.org",
        "mailto:a@example.org",
    ]
    assert "d" in plain(found)


@pytest.mark.parametrize(
    "text", ["> " * 18 + "deep", "\n".join("  " * n + "- deep" for n in range(18)), "*" * 60 + "deep" + "*" * 60]
)
def test_what_is_nested_without_end_is_flat_from_somewhere_on_and_not_lost(text: str) -> None:
    assert "deep" in plain(tree(text))
    assert pdf.pdf(_document(text)).startswith(b"%PDF-")


def test_the_template_is_a_file_of_ours_that_takes_only_what_it_is_given() -> None:
    template = Path(pdf.TEMPLATE).read_text(encoding="utf-8")
    assert not re.search(r"#?(import|include|eval|read)\b\s*[(\"@]", template)


def _document(text: str) -> Document:
    entry = Entry("RQ-1", "Every berth shows its boat", text, (text, "At night"), "Accepted when", "No evidence.", True)
    return Document("Berth map", ("DF-1", "version 2"), "Berth map: one requirement.", "Signed.", LINE,
                    (Part("Problem", text, (("Measure", "Berths found"),), (entry,)),), "Tideline")  # fmt: skip


def _inflated(made: bytes) -> bytes:
    found = b""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, flags=re.DOTALL):
        try:
            found += zlib.decompress(stream)
        except zlib.error:
            continue
    return found
