"""What KPIs say in words: which are on their way, which off, which get worse, and what is surprising."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.stages.inlife.queries.kpis import Standing
from clearspan.ui.numbers import day, number, plural


def value(one: Standing, amount: float) -> str:
    """A value with its unit."""
    unit = one.kpi.unit
    if not unit:
        return number(amount, 3)
    return f"{number(amount, 3)} {unit}"


def of_kpi(one: Standing) -> str:
    """The first line of one."""
    if one.last is None:
        return "Nobody has said yet what it stands at."
    stands = f"{value(one, one.last.value)} on {day(one.last.day)}"
    kpi = one.kpi
    if kpi.target is None or kpi.target_on is None:
        return f"{stands}. It has no target."
    wanted = f"{value(one, kpi.target)} by {day(kpi.target_on)}"
    if one.was_reached is not None:
        return f"{stands}. The target of {wanted} was {'reached' if one.was_reached else 'missed'}."
    if one.is_on is None:
        return f"{stands}, when the target of {wanted} was set."
    way = "on its way to" if one.is_on else "off its way to"
    return f"{stands}: {way} {wanted}."


def under(one: Standing) -> str:
    """What it should be at, whether it gets worse, and what is surprising."""
    words = []
    if one.last is not None and one.is_on is not None and one.was_reached is None:
        should = one.should(one.last.day)
        if should is not None:
            words.append(f"The straight way from where it began is at {value(one, should)} that day.")
    if one.gets_worse:
        words.append("It got worse three times running.")
    if (found := one.surprise) is not None:
        usual = (
            f"; until then it moved by {number(found.usual, 2)} in the mean" if found.usual else ", having stood still"
        )
        words.append(f"The newest reading is surprising: it moved by {number(abs(found.moved), 2)}{usual}.")
    return " ".join(words)


def why_off(one: Standing) -> str:
    """What it missed, or where it should be by now."""
    kpi, last = one.kpi, one.last
    if last is None or kpi.target is None or kpi.target_on is None:
        return ""
    if one.was_reached is False:
        return f"{kpi.name} was to be at {value(one, kpi.target)} by {day(kpi.target_on)}, and missed it."
    should = one.should(last.day)
    return (
        f"{kpi.name} stands at {value(one, last.value)}; on its way to {value(one, kpi.target)} by "
        f"{day(kpi.target_on)} it should be at {value(one, kpi.target if should is None else should)}."
    )


def figure(one: Standing) -> str:
    """What it stands at and is to reach, as a figure that speaks for something; "" before the first reading."""
    if one.last is None:
        return ""
    stands = f"{value(one, one.last.value)} on {day(one.last.day)}"
    return stands if one.kpi.target is None else f"{stands}; target {value(one, one.kpi.target)}"


def short(one: Standing) -> str:
    """In a row: on, off, getting worse, surprising."""
    words = []
    if one.was_reached is not None:
        words.append("target reached" if one.was_reached else "target missed")
    elif one.is_on is not None:
        words.append("on its way" if one.is_on else "off its way")
    elif one.last is None:
        words.append("no reading yet")
    if one.gets_worse:
        words.append("getting worse")
    if one.surprise is not None:
        words.append("surprising")
    return ", ".join(words) or ("no target" if one.kpi.target is None else "just set")


def of_list(found: Sequence[Standing]) -> str:
    """The first line of all."""
    if not found:
        return "Nothing is counted yet."
    on, off = ([one for one in found if one.is_on is want] for want in (True, False))
    worse = [one for one in found if one.gets_worse]
    judged = len(on) + len(off)
    if not judged:
        return f"{plural(len(found), 'KPI')}, none of them against a target yet."
    if judged == 1:
        head = f"{_of_target((on or off)[0])}, the only one set"
        off = []
    else:
        head = f"{len(on)} of {plural(judged, 'KPI')} {'is' if len(on) == 1 else 'are'} on the way to the target"
    leapt = [one for one in found if one.surprise is not None and one not in (*off, *worse)]
    if not off and not worse and not leapt:
        return f"{head}."
    if len(off) == 1 and worse == off:
        return f"{head}; {off[0].kpi} is off and gets worse."
    tail = [f"{off[0].kpi} is off" if len(off) == 1 else f"{len(off)} are off"] if off else []
    tail += [f"{worse[0].kpi} gets worse" if len(worse) == 1 else f"{len(worse)} get worse"] if worse else []
    tail += [f"{leapt[0].kpi} is surprising" if len(leapt) == 1 else f"{len(leapt)} are surprising"] if leapt else []
    return f"{head}; {', '.join(tail)}."


def _of_target(one: Standing) -> str:
    """Where one stands with its target."""
    if one.was_reached is not None:
        return f"{one.kpi} {'reached' if one.was_reached else 'missed'} its target"
    return f"{one.kpi} is {'on' if one.is_on else 'off'} its way to the target"
