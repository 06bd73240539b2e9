"""What a record of forecasts says about who makes them, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearspan.engines.calibration import Brier, Coverage, brier, coverage, inside, points
from clearspan.stages.inlife.queries.judged import Judged
from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.numbers import number, percent, plural

FEW = 8  # outcomes under which nobody can say whether somebody is too sure
NINE, DATE = 0.9, 0.85


@dataclass(frozen=True)
class Record:
    """What can be said of some forecasts: how often nine-in-ten intervals held, dates said to be 85 in 100 sure came
    true, and how good chances were."""

    judged: int
    intervals: Coverage | None
    dates: Coverage | None
    chances: Brier | None

    @property
    def has_few(self) -> bool:
        return self.intervals is None or self.intervals.of < FEW

    @property
    def scores(self) -> bool:
        """Whether its chances are enough for a score: of few it tells luck, not judgement."""
        return self.chances is not None and self.chances.of >= FEW


def record_of(found: Sequence[Judged]) -> Record:
    """Of these forecasts."""
    numbers = [one.quantiles for one in found if one.quantiles is not None]
    chances = [one.chance for one in found if one.chance is not None]
    dates = [one for one in found if one.kind == "delivery" and one.quantiles and one.quantiles.at(DATE) is not None]
    kept = sum(one.quantiles.came <= (one.quantiles.at(DATE) or 0) for one in dates if one.quantiles)
    return Record(
        len(found),
        inside(NINE, numbers),
        coverage(DATE, kept, len(dates)) if dates else None,
        brier([one.said for one in chances], [one.came for one in chances]) if chances else None,
    )


def answer(record: Record, who: str = "Our") -> str:
    """ "Our 90 % intervals held 7 of 11: we are likely too sure." """
    if not record.judged:
        return "Nothing that was forecast can be judged yet."
    one = record.intervals
    if one is None:
        return f"{plural(record.judged, 'forecast')} can be judged, none of them an interval."
    you = "you are" if who == "Your" else "we are" if who == "Our" else "they are"
    head = f"{who} 90 % intervals held {one.inside} of {one.of}"
    if record.has_few:
        return f"{head}: too few to tell."
    return f"{head}: {you} {one.verdict}." if one.verdict else f"{head}, as they should."


def under(record: Record) -> str:
    """How sure that is, and what the chances were worth."""
    words = []
    if record.intervals is not None:
        low, *_, high = record.intervals.five
        words.append(f"They hold between {percent(low)} and {percent(high)} of the time; said was 90 %.")
    if record.dates is not None:
        words.append(f"Dates said to be 85 in 100 sure came true {record.dates.inside} of {record.dates.of} times.")
    if record.chances is not None:
        words.append(of_chances(record.chances))
    return " ".join(words)


def of_chances(found: Brier) -> str:
    """The Brier score in words; of a few outcomes it says more about luck than about who spoke."""
    if found.of < FEW:
        known = f"{plural(found.of, 'outcome')} {'is' if found.of == 1 else 'are'} known"
        return f"Of chances only {known}: too few for a score."
    score = f"Chances score {number(found.score, 2)} (Brier; 0 is best, one half each time scores 0.25)"
    if found.skill is None:
        return f"{score}."
    better = "better" if found.skill > 0 else "no better"
    return f"{score}, {better} than saying the usual share each time."


def reliability(found: Sequence[Judged], alt: str) -> Figure | None:
    """Said against came; None with nothing to draw."""
    numbers = [one.quantiles for one in found if one.quantiles is not None]
    bins = points(numbers)
    if not bins:
        return None
    most = max(one.of for one in bins)
    bins = tuple(one for one in bins if 2 * one.of >= most)  # levels that few forecasts said would only confuse
    drawn = [(one.said, (one.five[4] + one.five[0]) / 2, (one.five[4] - one.five[0]) / 2) for one in bins]
    rows = tuple((one.said, one.came, one.of, round(one.share, 3)) for one in bins)
    return Figure(
        "reliability", _finding(found), "Share that came at or under what was said, by the share that was said; a "
        "bar is nine tenths of our belief, its dot the middle",
        marks.calibration(drawn, alt=alt, width=300, height=220),
        ("Said", "At or under it", "Of", "Share"), rows,
    )  # fmt: skip


def _finding(found: Sequence[Judged]) -> str:
    one = record_of(found).intervals
    if one is None or one.of < FEW:
        return "Too few outcomes to say how sure one may be"
    return f"Intervals hold less than they say: {one.verdict}" if "sure" in one.verdict else (
        "Intervals hold more than they say: narrower ones would do" if one.verdict else "Intervals hold what they say"
    )  # fmt: skip
