"""Invented people, needs and numbers for the page of patterns."""

from typing import Any

from django import forms
from django.urls import reverse_lazy

from clearspan.ui import marks
from clearspan.ui.choosing import Choose, ChooseMany
from clearspan.ui.marks import Interval, Scale
from clearspan.ui.marks.icons import ICONS
from clearspan.ui.numbers import money
from clearspan.ui.samples.figures import SHARES, figures
from clearspan.ui.samples.shell import shell
from clearspan.ui.shell import Link, trace
from clearspan.ui.tokens import colours

AMOUNTS = Scale.amounts([0, 3.4e6])
PROSE = """Rota leads post a gap in a chat, and *three people say yes*. Then somebody rings [payroll](https://example.org):

- nobody may go over hours
- nobody may be offered a shift they cannot reach

> Let them sort it, just stop them going over.

| Who | How often |
|---|---|
| Care | every week |
| Clinics | at the end of term |

`GET /shifts/gaps` lists what is open."""
OURS = Interval(0.29, 0.34, 0.38, 0.42, 0.48)


def context() -> dict[str, Any]:
    """Everything the template shows, without a row of the database."""
    return {
        "shell": shell(),
        "shares": SHARES,
        "amounts": AMOUNTS,
        "intervals": intervals(),
        "needs": needs(),
        "new_line": trace(("96 mentions", "done", "#"), ("this need", "here", "#")),
        "verdicts": marks.VERDICTS,
        "trend": [2, 3, 2, 4, 4, 5, 5, 7, 6, 8, 9, 9],
        "figures": {figure.key: figure for figure in figures()},
        "plan": plan(),
        "use": use(),
        "quarters": marks.periods(["Q1 2026", "Q2", "Q3", "Q4"]),
        "fade_key": marks.fade_key(),
        "bar_scale": Scale.amounts([0, 70e3]),
        "variance_scale": Scale.amounts([-60e3, 100e3]),
        "price_scale": Scale.over([0, 50]),
        "form": SampleForm(
            {
                "name": "Swap a shift without a manager",
                "accounts": "forty",
                "heard": ["interview"],
                "needs": [("OP-118", "Swap a shift without a manager")],
            }
        ),
        "facts": [
            ("Heard", "143 of 412 accounts"),
            ("Asking", "41 accounts"),
            ("Value at stake, a year", money(1.9e6), "0.9 to 3.2"),
            ("Heard since", "January, rising"),
        ],
        "prose": PROSE,
        "requirement": "Rest is counted from the **end of the shift before**, wherever it was worked.",
        "deal": [
            ("Account", "Quayside Freight, 9 depots"),
            ("Worth", "£26,000 a year, three years"),
            ("Closes", "19 December"),
        ],
        "views": [("Ranked", "#ranked", True), ("Tree", "#tree", False), ("Value × sureness", "#value", False)],
        "segments": [("", "all segments"), ("care", "Care providers"), ("clinics", "Clinics")],
        "colours": list(colours("light")),
        "icons": list(ICONS),
        "code": marks.qr("otpauth://totp/ines@example.org?secret=JBSWY3DPEHPK3PXP", alt="A code for a camera"),
        "portal_links": (Link("ideas", "Ideas", "#"), Link("coming", "Coming", "#"), Link("new", "New", "#")),
    }


NAMES = ["Swap a shift without a manager (OP-118)", "Warn before a rest-time rule is broken (OP-31)",
         "Hand over at the end of a shift (OP-64)", "See the rota of other depots (OP-77)"]  # fmt: skip
FOUND: Any = reverse_lazy("patterns_found")


class SampleForm(forms.Form):
    """Each kind of field, one of them with a fault."""

    name = forms.CharField(label="Name of the need", help_text="A need, in the customer’s words; not a feature.")
    accounts = forms.IntegerField(
        label="Accounts in this segment",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "That is not a number. Write 40, say. The rest is kept."},
    )
    budget = forms.CharField(
        label="Budget",
        required=False,
        disabled=True,
        initial="£1,070 k",
        help_text="From the ledger; finance can change it.",
    )
    segment = forms.ChoiceField(
        label="Segment", choices=[("care", "Care providers"), ("clinics", "Clinics")], required=False
    )
    wider = forms.CharField(
        label="Part of a wider need", widget=Choose(FOUND), required=False, help_text="Some of its words."
    )
    needs = forms.Field(
        label="Needs it meets", widget=ChooseMany(FOUND, "Add a need: some of its words"), required=False,
        initial=[("OP-118", "Swap a shift without a manager")],
    )  # fmt: skip
    heard = forms.MultipleChoiceField(
        label="Heard through",
        choices=[("interview", "interview"), ("support", "support"), ("survey", "survey")],
        widget=forms.CheckboxSelectMultiple,
    )
    watch = forms.BooleanField(label="Tell me when its verdict changes", required=False)
    words = forms.CharField(label="In their words", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def intervals() -> list[tuple[str, marks.Drawing, str]]:
    """(name, drawing, when) for each way an interval may look."""

    def shown(five: Interval | None, **options: Any) -> marks.Drawing:
        return marks.interval(five, SHARES, width=260, height=36, **options)

    wide = Interval(0.02, 0.09, 0.22, 0.41, 0.64)
    edge = Interval(0, 0.004, 0.01, 0.024, 0.05)
    return [
        ("Well known", shown(OURS, ref=0.05), "most rows; dashed: what it is held against"),
        ("Hardly known", shown(wide, ref=0.05), "wide, never faint: not knowing is news"),
        ("At the edge", shown(edge, ref=0.05), "the dot stays whole; the scale does not shrink for it"),
        ("Before, without, others", shown(OURS, ghost=True), "hollow"),
        ("Promised and came", shown(OURS, ghost=True, came=0.41), "diamond: what came"),
        ("Came outside", shown(OURS, ghost=True, came=0.55), "red, and the word “outside” beside it"),
        ("In a header", shown(OURS, big=True), "larger, with its axis and one line in words"),
        ("No answer yet", shown(None), "words, no mark"),
    ]


def needs() -> list[dict[str, Any]]:
    rows = [
        ("Swap a shift without a manager", "care, clinics, retail", "market", OURS, 41, 143, 6),
        (
            "Warn before a rest-time rule is broken",
            "reached with j and k",
            "market",
            Interval(0.18, 0.23, 0.27, 0.32, 0.39),
            29,
            138,
            5,
        ),
        (
            "Agency staff in the same rota",
            "care and clinics: 41 % of them",
            "segment",
            Interval(0.08, 0.11, 0.14, 0.17, 0.23),
            22,
            98,
            2,
        ),
        (
            "Forecast footfall for staffing",
            "heard from 6 accounts only",
            "too_little_evidence",
            Interval(0.02, 0.07, 0.14, 0.24, 0.43),
            6,
            21,
            2,
        ),
        (
            "Export in a depot’s own format",
            "one account made 27 of 31 mentions",
            "single_customer",
            Interval(0.003, 0.008, 0.014, 0.024, 0.046),
            2,
            112,
            2,
        ),
    ]
    keys = ("name", "sub", "verdict", "five", "asking", "heard", "reached")
    return [dict(zip(keys, row, strict=True)) for row in rows]


def plan() -> list[tuple[str, marks.Drawing, Interval | None]]:
    return [
        ("Open swap board", marks.plan_bar("Open swap board", 0, 2, 4), Interval(-0.1e6, 0.5e6, 0.9e6, 1.3e6, 2.0e6)),
        (
            "Rest-time warnings",
            marks.plan_bar("Rest-time warnings", 1, 2, 4),
            Interval(0.3e6, 0.5e6, 0.7e6, 0.9e6, 1.2e6),
        ),
        ("Upkeep, floor of 20 %", marks.plan_bar("Upkeep", 0, 4, 4, quiet=True), None),
    ]


def use() -> list[tuple[str, int, marks.Drawing]]:
    return [
        ("Engineering", 11, marks.use_cells("Engineering", [10.6, 11, 11, 9.4], [11] * 4)),
        ("Design", 3, marks.use_cells("Design", [3, 3, 3, 2.1], [3] * 4)),
        ("Legal", 1, marks.use_cells("Legal", [0.3, 0.6, 0.5, 0.2], [1] * 4)),
    ]
