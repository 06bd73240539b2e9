"""What a page offers to a person: its links, and its forms as a browser would send them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

Given = dict[str, str | None]  # an element's attributes
SUBMITS = ("submit", "image")
NEVER_SENT = ("button", "reset", "file")
WORDS = {  # what a person writes into a field that must not stay empty, by its kind
    "number": "1", "date": "2026-06-01", "month": "2026-06", "email": "someone@example.org",
    "url": "https://example.org/", "datetime-local": "2026-06-01T09:00",
}  # fmt: skip
SOMETHING = "Something"


@dataclass
class Form:
    """A form; or, with no field, a button that sends by itself. `buttons`: name, value and address of its own.

    What no button sends is no offer: a list whose boxes may be ticked, without anything to do with them.
    """

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    boxes: dict[str, str] = field(default_factory=dict)  # rows to tick, the first of each name

    def presses(self) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """Of each of its buttons: where it leads, and what is sent there."""
        for name, value, action in self.buttons:
            sent: dict[str, list[str]] = {}
            for key, said in [*self.boxes.items(), *self.fields, *([(name, value)] if name else [])]:
                sent.setdefault(key, []).append(said)
            yield action or self.action, sent


class Offered(HTMLParser):
    """Reads a page: `links` are addresses within the application, `forms` what can be sent."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._named: dict[str, Form] = {}
        self._apart: list[tuple[str, str, Given]] = []  # fields and buttons of a form elsewhere on the page
        self._form: Form | None = None
        self._list: _List | None = None
        self._writing: Given | None = None  # the box whose text is being read
        self._written = ""
        self.feed(text)
        for name, tag, given in self._apart:
            if name in self._named:
                _put(self._named[name], tag, given)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (leads := given.get("hx-get") or (given.get("href") if tag == "a" else "")) and _is_ours(leads):
            self.links.append(leads.partition("#")[0])
        if (sends := given.get("hx-post")) and tag != "form":
            self.forms.append(Form(sends, "post", buttons=[("", "", "")]))
        if tag == "form":
            self._form = Form(given.get("action") or given.get("hx-post") or "", (given.get("method") or "get").lower())
            self.forms.append(self._form)
            self._named[given.get("id") or ""] = self._form
        elif tag == "select":
            self._list = _List(given)
        elif tag == "option" and self._list is not None:
            self._list.offer(given)
        elif tag == "textarea":
            self._writing, self._written = given, ""
        elif tag in ("input", "button"):
            self._field(tag, given)

    def handle_data(self, data: str) -> None:
        if self._writing is not None:
            self._written += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._list is not None:
            self._field("input", self._list.given | {"type": "hidden", "value": self._list.taken})
            self._list = None
        elif tag == "textarea" and self._writing is not None:
            self._field("input", self._writing | {"value": self._written.strip()})
            self._writing = None

    def _field(self, tag: str, given: Given) -> None:
        if "disabled" in given:
            return
        if name := given.get("form"):
            self._apart.append((name, tag, given))
        elif self._form is not None:
            _put(self._form, tag, given)


class _List:
    """A list to choose from: what stands chosen, else the first; but nothing only where it may be nothing."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.taken: str | None = None
        self._stands = False

    def offer(self, given: Given) -> None:
        value = given.get("value") or ""
        if "selected" in given and (value or "required" not in self.given):
            self.taken, self._stands = value, True
        elif not self._stands and (self.taken is None or ("required" in self.given and not self.taken)):
            self.taken = value


def _put(form: Form, tag: str, given: Given) -> None:
    kind = (given.get("type") or ("submit" if tag == "button" else "text")).lower()
    name, value = given.get("name") or "", given.get("value") or ""
    if kind in SUBMITS:
        form.buttons.append((name, value, given.get("formaction") or ""))
    elif not name or kind in NEVER_SENT:
        return
    elif kind == "checkbox" and not given.keys() & {"checked", "required"}:
        if value:
            form.boxes.setdefault(name, value)
    elif kind == "radio" and "checked" not in given and ("required" not in given or name in dict(form.fields)):
        return
    else:
        form.fields.append((name, value or _written(kind, given)))


def _written(kind: str, given: Given) -> str:
    if kind in ("checkbox", "radio"):
        return "on"
    return WORDS.get(kind, SOMETHING) if "required" in given else ""


def _is_ours(address: str) -> bool:
    return address.startswith("/") and not address.startswith("//")
