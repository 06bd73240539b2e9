"""What stands on the page of one need."""

from __future__ import annotations

from typing import Any

from clearspan.catalogue.models import MarketSize
from clearspan.catalogue.rules import works_on
from clearspan.core import history, panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.opportunities import queries, words
from clearspan.stages.opportunities.models import Opportunity, Verdict
from clearspan.stages.opportunities.queries import one as reads
from clearspan.stages.opportunities.views.listing import five
from clearspan.ui import marks
from clearspan.ui.figure import Figure
from clearspan.ui.marks import Interval, Scale
from clearspan.ui.numbers import count, digits_known, money, money_range, plural

ASKED = 3  # segments shown under "whom to ask next"


def context(actor: Actor, row: Opportunity) -> dict[str, Any]:
    """Everything the template is given. A constant number of queries."""
    found, company = queries.need(actor, row), Company.ours()
    verdict, threshold = found.verdict, float(company.need_threshold)
    said: dict[str, Any] = {
        "need": row,
        "product": row.product,
        "verdict": verdict,
        "answer": words.need_answer(row, verdict, threshold),
        "heard": found.voices,
        "quotes": reads.quotes(actor, row),
        "history": history.of(actor, row, limit=8),
        "may": works_on(actor, {"opportunity": row}),
        "options": panels.ask("opportunity.options", actor, row),
        "unseen": queries.unseen(actor, row.product, verdict.study if verdict else None),
        "below": list(row.children.visible_to(actor).exclude(state=Opportunity.State.CLOSED).order_by("pk")[:50]),
        "threshold": threshold,
        "currency": company.currency,
        "facts": _facts(found, company.currency),
        "voices": _voices(found),
    }
    if verdict is not None:
        said |= _studied(actor, row, verdict, company.currency)
    return said


def _studied(actor: Actor, row: Opportunity, verdict: Verdict, currency: str) -> dict[str, Any]:
    """What only a study can say."""
    detail = verdict.detail
    sizes = {
        size.segment.name: size
        for size in MarketSize.objects.visible_to(actor).filter(product=row.product).select_related("segment")
    }
    asks = [ask for ask in detail["ask_next"] if ask["expected_value"] >= 0.001][:ASKED]
    to_ask = reads.accounts_to_ask(actor, row, [ask["segment"] for ask in asks]) if asks else {}
    segments = [_segment(segment, sizes) for segment in detail["segments"]]
    whole = five(verdict, "share")
    compared = _compared(verdict)
    numbers = [v for s in segments for v in s["five"]] + [*(whole or ()), *(v for c in compared for v in c["five"])]
    estimates = reads.estimates(actor, row)
    return {
        "segments": segments,
        "segments_finding": words.segments_finding(detail["segments"]),
        "market": sum(size.accounts for size in sizes.values()),
        "whole": whole,
        "scale": Scale.shares(numbers),
        "loudest_finding": words.loudest_finding(verdict),
        "compared": compared,
        "asks": [ask | {"accounts": to_ask.get(ask["segment"], [])} for ask in asks],
        "asks_scale": Scale.over([ask["expected_value"] for ask in asks], factor=100, unit="%"),
        "reasons": words.named(actor, detail["reasons"]),
        "sensitivity": [_case(case) for case in detail["sensitivity"]],
        "narrowed": _narrowed(estimates),
        "value": money(verdict.value, currency, digits=_digits(verdict)),
    }


def _segment(segment: dict[str, Any], sizes: dict[str, MarketSize]) -> dict[str, Any]:
    size = sizes.get(segment["segment"])
    return segment | {
        "five": _five(segment),
        "accounts": size.accounts if size else None,
        "value": segment["mean"] * size.accounts * float(size.value_per_account) if size else None,
    }


def _compared(verdict: Verdict) -> list[dict[str, Any]]:
    """All that was heard, without the loudest account (its mean), and unprompted only."""
    detail, rows = verdict.detail, []
    whole = five(verdict, "share")
    rows.append({"name": "All that was heard", "five": whole, "rank": verdict.rank, "ghost": False})
    if verdict.largest_account is not None:
        without = detail["without_largest"]
        moved = without["mean"] - verdict.share
        shifted = Interval(*(min(1.0, max(0.0, v + moved)) for v in whole or ()))
        rows.append(
            {"name": f"Without {verdict.largest_account}", "five": shifted, "rank": without["rank"], "ghost": True}
        )
    if detail.get("unprompted_only"):
        rows.append(
            {"name": "Said without being asked", "five": _five(detail["unprompted_only"]), "rank": "", "ghost": True}
        )
    return rows


def _voices(found: queries.Need) -> Figure | None:
    """Mentions by account, the loudest named."""
    heard = found.voices
    if not heard.accounts:
        return None
    name, most = heard.accounts[0]
    stands_out = most > 1 and (len(heard.accounts) == 1 or heard.accounts[1][1] <= most / 2)
    drawing = marks.sorted_bars(
        [n for _, n in heard.accounts],
        alt=f"Mentions by account: {name} {most}, of {heard.mentions} by {plural(heard.heard_from, 'account')}",
        first=f"{name}, {plural(most, 'mention')}" if stands_out else "",
        note="counts as one account that has the need" if stands_out else "",
    )
    unit = f"{plural(heard.heard_from, 'account')} brought it up, {plural(heard.mentions, 'mention')}"
    return Figure("mentions", "Mentions by account", unit, drawing, ("Account", "Mentions"), tuple(heard.accounts))


def _narrowed(estimates: list[tuple[Any, dict[str, float]]]) -> Figure | None:
    """How the estimate has changed over the studies; None before there are two."""
    if len(estimates) < 2:
        return None
    first, last = (found["p95"] - found["p05"] for found in (estimates[0][1], estimates[-1][1]))
    change = 1 - last / first if first else 0.0
    finding = (
        f"It narrowed by {round(100 * change)} % over {plural(len(estimates), 'study', 'studies')}"
        if change >= 0.05
        else f"It is no surer than {words.number(len(estimates))} studies ago"
    )
    drawing = marks.fan(
        [(0, f"{estimates[0][0]:%-d %b}"), (len(estimates) - 1, f"{estimates[-1][0]:%-d %b}")],
        [found["mean"] for _, found in estimates],
        [([found[low] for _, found in estimates], [found[high] for _, found in estimates]) for low, high in _BANDS],
        alt=f"Share of the market over {len(estimates)} studies, now {estimates[-1][1]['mean']:.0%}",
        scale=Scale.shares([found["p95"] for _, found in estimates]),
    )
    rows = tuple((f"{at:%Y-%m-%d}", f["p05"], f["p25"], f["mean"], f["p75"], f["p95"]) for at, f in estimates)
    header = ("Study of", "5 %", "25 %", "Mean", "75 %", "95 %")
    return Figure("narrowed", finding, "Share of the market, by study; bands 50 % and 90 %", drawing, header, rows)


_BANDS = (("p05", "p95"), ("p25", "p75"))


def _facts(found: queries.Need, currency: str) -> list[tuple[str, ...]]:
    verdict, heard = found.verdict, found.voices
    facts: list[tuple[str, ...]] = []
    if verdict is not None:
        facts.append(("Heard from", plural(verdict.heard, "account")))
        facts.append(("Asking", plural(verdict.asking, "account")))
        facts.append(
            (
                "Value at stake, a year",
                money(verdict.value, currency, digits=_digits(verdict)),
                money_range(verdict.value_p05, verdict.value_p95, currency),
            )
        )
    else:
        facts.append(("Asking", plural(heard.heard_from, "account")))
    facts.append(("Mentions", count(heard.mentions)))
    if heard.first:
        facts.append(("First and last heard", f"{heard.first:%b %Y}, {heard.last:%b %Y}"))
    return facts


def _case(case: dict[str, Any]) -> dict[str, Any]:
    if case["burst"] == 0.03:
        name = "Accounts equally loud" if case["rho"] == 0 else "Accounts very unlike in loudness"
    else:
        name = "Nobody writes in bursts" if case["burst"] == 0 else "Bursts are common"
    return {"name": name, "five": _five(case)}


def _five(belief: dict[str, float]) -> Interval:
    return Interval(belief["p05"], belief["p25"], belief["mean"], belief["p75"], belief["p95"])


def _digits(verdict: Verdict) -> int:
    return digits_known(verdict.value, verdict.value_p05, verdict.value_p95)
