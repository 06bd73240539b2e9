"""Days as iCalendar (RFC 5545): all-day events, folded lines, escaped words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from clearspan.stages.launch.models import Commitment
from clearspan.stages.launch.queries import Readiness

MOST_OCTETS = 75


def of_launch(found: Readiness, address: str, host: str, now: datetime) -> str:
    """The launch, its go/no-go, and everything that is not done by its day."""
    launch = found.launch
    events = [_event(f"{launch.ref}@{host}", launch.planned_on, f"Launch: {launch}", address, now)]
    if launch.decide_on:
        events.append(_event(f"{launch.ref}-go@{host}", launch.decide_on, f"Go or no-go: {launch}", address, now))
    events += [
        _event(f"{one.ref}@{host}", one.due_on, f"{one.function}: {one.title} ({launch})", address, now)
        for one in found.commitments
        if one.state in (Commitment.State.ASKED, Commitment.State.PROMISED)
    ]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Clearspan//Launch//EN"]
    lines = [*head, *(line for event in events for line in event), "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(key: str, day: date, words: str, address: str, now: datetime) -> Iterable[str]:
    return (
        "BEGIN:VEVENT", f"UID:{key}", f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(words)}", f"URL:{address}", "TRANSP:TRANSPARENT", "END:VEVENT",
    )  # fmt: skip


def _escaped(words: str) -> str:
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line; what goes on begins with a space. No character is cut in two."""
    parts, rest = [], ""
    for letter in line:
        if len((rest + letter).encode()) > MOST_OCTETS:
            parts.append(rest)
            rest = " "
        rest += letter
    return "\r\n".join([*parts, rest])
