"""One figure of each kind, of invented numbers."""

import datetime as dt
import math
from statistics import NormalDist

from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.marks import Scale

SHARES = Scale.shares([0, 0.66])
START = dt.date(2025, 12, 4)
DECIDED = [22, 21, 23, 19, 20, 18, 17, 19, 16, 15, 16, 14]
UPKEEP = [6, 7, 5, 8, 7, 6, 8, 6, 7, 8, 6, 7]
NONE = [2, 1, 3, 2, 4, 5, 4, 6, 7, 6, 8, 9]


def figures() -> list[Figure]:
    """One figure of each kind."""
    draws = [
        0.93e6 + 0.6e6 * z + 0.07e6 * (z * z - 1) for z in (NormalDist().inv_cdf((i + 0.5) / 400) for i in range(400))
    ]
    drivers = [
        ("Take-up", 0.28e6, 1.62e6),
        ("Has the need", 0.55e6, 1.3e6),
        ("Effort", 1.08e6, 0.62e6),
        ("Price", 0.66e6, 1.14e6),
    ]
    mentions = [31, 9, 7, 6, 5, 4, 4, 3, 3, 2, 2, 2, 2, *[1] * 16]
    middle = [
        1e6 * v
        for v in (0, -0.21, -0.38, -0.44, -0.41, -0.33, -0.22, -0.09, 0.06, 0.2, 0.34, 0.47, 0.59, 0.7, 0.8, 0.87, 0.93)
    ]
    revenue = [742e3, 760e3, 781e3, 803e3, 822e3, 840e3, 868e3, 890e3, 912e3, 938e3, 967e3, 1006e3, 1053e3]
    ahead = [1053e3, 1074e3, 1092e3, 1108e3, 1126e3, 1143e3, 1158e3, 1175e3, 1190e3]
    steps = [
        ("Budget", 1070, True), ("Volume", 74, False), ("Price", 38, False), ("Mix", -12, False),
        ("Hosting", -25, False), ("Support", -60, False), ("Development and sales", 6, False), ("Year", 1091, True),
    ]  # fmt: skip
    plans = [
        (2.3e6, 1.5e6),
        (2.6e6, 1.46e6),
        (2.9e6, 1.36e6),
        (3.1e6, 1.22e6),
        (3.2e6, 1.08e6),
        (3.3e6, 0.82e6),
        (3.35e6, 0.5e6),
    ]
    said = [(0.1, 0.12, 0.08), (0.3, 0.27, 0.09), (0.5, 0.52, 0.1), (0.7, 0.66, 0.09), (0.9, 0.88, 0.07)]
    segments = [
        ("Care providers", (0.4, 0.46, 0.51, 0.56, 0.63)),
        ("Warehousing", (0.06, 0.16, 0.28, 0.41, 0.62)),
        ("Pubs", None),
    ]
    return [
        Figure(
            "npv",
            "Likely worth £0.9 m; it loses money in 2 of 50 futures",
            "Net present value over five years, £ m at 9 %; each dot is one future in fifty",
            marks.futures(draws, alt="Fifty dots; two stand below nought, most between 0.4 and 1.4 million pounds."),
            ("Future", "NPV, £"),
            tuple((i + 1, round(v)) for i, v in enumerate(draws[4::8])),
        ),
        Figure(
            "tornado",
            "Take-up moves it most",
            "NPV, £ m, when one driver is low (grey) or high (blue), the others likely",
            marks.tornado(drivers, 0.93e6, alt="Take-up moves the value from 0.28 to 1.62 million; effort the least."),
            ("Driver", "Low, £", "High, £"),
            tuple(drivers),
        ),
        Figure(
            "cash",
            "It needs £0.4 m before it pays, likely back in eight quarters",
            "Cumulated cash, £ m, discounted; bands 50, 80 and 90 %",
            marks.fan(
                [(0, "2026"), (4, "27"), (8, "28"), (12, "29"), (16, "30")],
                middle,
                [_band(middle, k) for k in (1.15, 0.75, 0.38)],
                alt="Down to minus 0.44 million after three quarters, nought after about eight, 0.9 after sixteen.",
                notes=[(8, -0.62e6, "pays back in autumn 2027, likely")],
            ),
            ("Quarter", "Likely, £"),
            tuple((i, round(v)) for i, v in enumerate(middle)),
        ),
        Figure(
            "revenue",
            "Revenue likely passes £1.1 m a quarter next spring",
            "Revenue a quarter, £ k; forecast bands 50, 80 and 95 %; the axis is cut",
            marks.fan(
                [(0, "2022 Q3"), (4, "23"), (8, "24"), (12, "25"), (16, "26"), (20, "27")],
                ahead,
                [
                    (
                        [v - k * (17 * i) * 1e3 for i, v in enumerate(ahead)],
                        [v + k * (18 * i) * 1e3 for i, v in enumerate(ahead)],
                    )
                    for k in (1.9, 1.25, 0.6)
                ],
                past=revenue,
                plan=[(i, 735e3 + 24e3 * i) for i in range(8, 21)],
                notes=[(15, 960e3, "budget, dashed")],
                alt="Quarterly revenue from 742 to 1,053 thousand, forecast to 1,190 with widening bands.",
                zero=False,
            ),
            ("Quarter", "Revenue, £"),
            tuple((i, round(v)) for i, v in enumerate([*revenue, *ahead[1:]])),
        ),
        Figure(
            "loudest",
            "One account made a third of the mentions",
            "Mentions by account over twelve months",
            marks.sorted_bars(
                mentions,
                alt="One account made 31 of 96 mentions, the next nine.",
                first="Larkhill Care, 31 mentions",
                note="counts as one account that has the need",
            ),
            ("Account", "Mentions"),
            tuple((f"Account {i}", n) for i, n in enumerate(mentions, 1)),
        ),
        Figure(
            "bridge",
            "Volume and price brought £112,000; support took 60 of it",
            "Contribution, £ k, from budget to the year’s forecast; the axis is cut",
            marks.bridge(
                steps,
                alt="From a budget of 1,070 to 1,091: volume 74, price 38, mix −12, hosting −25, support −60, other 6.",
            ),
            ("Step", "£ k"),
            tuple((name, value) for name, value, _ in steps),
        ),
        Figure(
            "frontier",
            "£0.1 m more would cost £0.3 m in bad years",
            "Worst tenth of futures, £ m, against likely value, £ m",
            marks.frontier(
                plans,
                4,
                names={0: "most careful", 6: "boldest"},
                others=[(2.75e6, 0.78e6, "last year’s way")],
                alt="Best plans from 2.3 to 3.35 million; this plan at 3.2 and 1.08.",
            ),
            ("Likely, £", "Worst tenth, £"),
            tuple(plans),
        ),
        Figure(
            "columns",
            "A quarter of the work of the last weeks has no reason",
            "Person-days a week, by what they were for",
            marks.columns(
                [(0, "Sep"), (4, "Oct"), (8, "Nov")],
                [
                    ("what was decided", DECIDED, "fill-half"),
                    ("upkeep", UPKEEP, "fill-ghost"),
                    ("no reason", NONE, "fill-warn"),
                ],
                alt="Twelve weeks of about thirty days; work without a reason grows from two to nine.",
            ),
            ("Week", "Decided, days", "Upkeep, days", "No reason, days"),
            tuple((i + 1, *days) for i, days in enumerate(zip(DECIDED, UPKEEP, NONE, strict=True))),
        ),
        Figure(
            "calibration",
            "Your forecasts keep what they say",
            "Came true against said; 61 forecasts in two years",
            marks.calibration(said, alt="Five levels, each close to the diagonal."),
            ("Said", "Came true"),
            tuple((a, b) for a, b, _ in said),
        ),
        Figure(
            "segments",
            "Care needs it most; warehousing could be anywhere",
            "Share of each segment that has the need; dashed: 5 %",
            marks.interval_plot(
                segments,
                SHARES,
                ref=0.05,
                width=480,
                names=130,
                alt="Care 51 %, warehousing 6 to 62 %, pubs not asked.",
            ),
            ("Segment", "5 %", "25 %", "likely", "75 %", "95 %"),
            tuple((name, *(five or ("",) * 5)) for name, five in segments),
        ),
        Figure(
            "worth",
            "Find out take-up first",
            "Most it is worth to know, £ k",
            marks.bars(
                [("Take-up", 61, "£61 k"), ("Support, an account", 18, "£18 k"), ("Price", 3, "£3 k")],
                alt="Take-up 61, support 18, price 3.",
            ),
            ("Driver", "£ k"),
            (("Take-up", 61), ("Support, an account", 18), ("Price", 3)),
        ),
        Figure(
            "roadmap",
            "Next day’s overtime is nearly sure by February; the swap board comes in spring",
            "A bar fades at one chance in ten, at evens, at 85 and at 95 in 100",
            marks.timeline(
                _work(),
                dt.date(2025, 11, 15),
                dt.date(2026, 12, 31),
                today=START,
                alt="Four pieces of work; each bar fades where its end is uncertain.",
            ),
            ("Work", "Likely", "85 in 100"),
            tuple((bar.name, bar.p50.isoformat(), bar.p85.isoformat()) for _, bars in _work() for bar in bars),
            narrow=marks.narrow_timeline(
                _work(),
                dt.date(2025, 11, 15),
                dt.date(2026, 12, 31),
                today=START,
                alt="Four pieces of work; each bar fades where its end is uncertain.",
            ),
        ),
        Figure(
            "dates",
            "Four dates are set in the next thirty days",
            "A dot is a date we set; a band is a date we forecast",
            marks.next_days(
                [
                    (START + dt.timedelta(days=n), w)
                    for n, w in (
                        (1, "Quayside call"),
                        (8, "Clock: decide"),
                        (10, "Gate 2: rest-time"),
                        (19, "Board paper"),
                    )
                ],
                START,
                forecasts=[(START + dt.timedelta(days=27), START + dt.timedelta(days=30), "on-demand pay, from 1 Jan")],
                alt="Quayside call on the 5th, two decisions mid-month, the board paper on the 23rd.",
            ),
            ("Date", "What"),
            (("2025-12-05", "Quayside call"), ("2025-12-12", "Clock: decide")),
        ),
    ]


def _band(middle: list[float], k: float) -> tuple[list[float], list[float]]:
    spread = [1e6 * k * 0.016 * math.pow(i, 1.42) for i in range(len(middle))]
    return [m - s for m, s in zip(middle, spread, strict=True)], [m + s for m, s in zip(middle, spread, strict=True)]


def _work() -> list[tuple[str, list[marks.Bar]]]:
    """Days from the start: begun, done at one in ten, evens, 85 and 95 in 100."""

    def bar(name: str, note: str, days: tuple[int, int, int, int, int], worth: str) -> marks.Bar:
        start, p10, p50, p85, p95 = (START + dt.timedelta(days=n) for n in days)
        return marks.Bar(name, note, start, p10, p50, p85, p95, worth)

    return [
        (
            "Now",
            [
                bar("Open swap board", "62 % built", (-30, 99, 120, 142, 159), "£0.9 m"),
                bar("Overtime paid next day", "88 % built", (-30, 28, 43, 59, 74), "£0.8 m"),
            ],
        ),
        ("Next", [bar("Rest-time warnings", "defined", (94, 196, 232, 273, 309), "£0.7 m")]),
        ("Later", [bar("One rota across sites", "option only", (203, 276, 337, 398, 452), "£0.6 m")]),
    ]
