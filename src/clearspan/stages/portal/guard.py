"""What a form of the portal must show before anything is written: that somebody read it, once, and not too often.

No pictures to decipher. A person who fills in a form notices none of this, but while the portal is under attack: then
the browser has a second of work to do, or, without JavaScript, the person waits a minute.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from math import log2

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from clearspan.stages.portal import limits
from clearspan.stages.portal.addresses import key_of
from clearspan.stages.portal.networks import network_of

TRAP = "website"  # a field nobody sees, and only a machine fills in
QUICKEST = 2.0  # seconds in which nobody reads a form and writes into it
LONGEST = 6 * 3600.0  # a form that is older is given out anew, with what was written in it
WAIT = 60.0  # seconds to wait instead of working
EASIEST, HARDEST = 13, 19  # leading noughts of the work: from a moment to some seconds of a phone
_MOST_LINKS = 2
_SALT = "portal.form"


@dataclass(frozen=True)
class Form:
    """A form as it was given out: signed, so that nothing is kept of those that are never sent."""

    token: str
    nonce: str
    bits: int = 0  # of work that is asked for; nought in quiet times


@dataclass(frozen=True)
class Verdict:
    """Whether what was sent is taken. `says` is for the visitor, `again` the form with which to try again;
    `held` why it is put aside for a person to look at, though it is taken."""

    taken: bool
    nonce: str = ""
    says: str = ""
    again: Form | None = None
    held: str = ""


def new_form(bits: int = 0) -> Form:
    nonce = secrets.token_urlsafe(12)
    return Form(signing.dumps({"n": nonce, "b": bits}, salt=_SALT), nonce, bits)


def form_now() -> Form:
    """A form as it is given out now: with work to do while there is an attack, so that sending it once is enough."""
    return new_form(_asked(limits.pressure_now()))


def judge(request: HttpRequest) -> Verdict:
    """What becomes of a form that a stranger sent: a few statements on small rows, none on what is public."""
    network, now = network_of(request), timezone.now()
    read = _read(request.POST.get("form", ""))
    if read is None:
        return _again("The form had been open for too long. Nothing is lost: look it over and send it again.")
    nonce, bits, age = read
    if age < QUICKEST:
        return _again("That was quicker than anybody writes. Nothing is lost: send it again.", bits)
    if not limits.take(limits.NETWORK, network, now):
        return _again("Much came from your network within the hour. Nothing is lost: send it again in a while.", bits)
    asked = _asked(limits.pressure(now))
    if asked and not _has_worked(request, bits, asked) and not _has_waited(network, age, bits):
        return _again(
            "Very many messages are coming in just now. Your browser does a small sum before it sends again; "
            "without JavaScript, wait for a minute and then press Send.",
            asked,
        )  # fmt: skip
    if not limits.once(nonce, now):
        return Verdict(False, nonce, "This was sent already, and counts once.", new_form())
    return Verdict(True, nonce, held="a machine filled it in" if request.POST.get(TRAP) else "")


def suspicion(text: str, said_before: int) -> str:
    """Why a text is put aside for a person to look at; "" for what is like any other. Nothing is thrown away."""
    if said_before >= 2:
        return "the same text was sent before"
    if len(re.findall(r"https?://|www\.|\[url|<a\s", text, re.IGNORECASE)) > _MOST_LINKS:
        return "it is full of links"
    return ""


def work_is_done(token: str, answer: str, bits: int) -> bool:
    """Whether the hash of the form's token and the answer begins with so many noughts."""
    if not answer.isdigit() or len(answer) > 12:
        return False
    found = int.from_bytes(hashlib.sha256(f"{token}:{answer}".encode()).digest()[:8])
    return found >> (64 - bits) == 0


def _asked(times: float) -> int:
    """How much work, by how many times too much comes in."""
    return 0 if times <= 1 else min(HARDEST, EASIEST + round(2 * log2(times)))


def _has_worked(request: HttpRequest, bits: int, asked: int) -> bool:
    """What was asked for when the form was given out holds, though it may have become a little more since."""
    enough = bits >= asked - 3 and bits > 0
    return enough and work_is_done(request.POST.get("form", ""), request.POST.get("work", ""), bits)


def _has_waited(network: str, age: float, bits: int) -> bool:
    """A form that asked for work and was left for a minute instead; few of a network, few in all."""
    waited = bits > 0 and age >= WAIT
    return waited and limits.take(limits.SLOW_NETWORK, network) and limits.take(limits.SLOW_ALL, "")


def _again(says: str, bits: int = 0) -> Verdict:
    return Verdict(False, says=says, again=new_form(bits))


def _read(token: str) -> tuple[str, int, float] | None:
    """(nonce, bits, age in seconds) of a form we gave out; None for any other, and for one too old."""
    try:
        given = signing.loads(token, salt=_SALT, max_age=LONGEST)
        made = signing.b62_decode(token.rsplit(":", 2)[1])
    except (signing.BadSignature, ValueError, IndexError):
        return None
    return str(given["n"]), int(given["b"]), timezone.now().timestamp() - made


def person(address: str) -> str:
    """Under what a person's own limit is kept."""
    return key_of(address)
