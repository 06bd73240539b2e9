"""Letters to people by mail. A letter is queued in the action's transaction: neither is there without the other."""

from __future__ import annotations

from collections.abc import Iterable
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clearspan.core.models import User

# A mail server that does not answer now may answer in an hour.
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=4, retry_exceptions={OSError, SMTPException})


def post(to: Iterable[User], subject: str, text: str) -> None:
    """Queues one letter for each person who may sign in, as plain text. Nobody sees the others' addresses."""
    for person in to:
        if person.is_active:
            deliver.defer(to=person.email, subject=" ".join(subject.split())[:200], text=text)


@app.task(name="core.mail", retry=_RETRY)  # type: ignore[untyped-decorator]  # procrastinate ships no types
def deliver(to: str, subject: str, text: str, headers: dict[str, str] | None = None, html: str = "") -> None:
    """Hands one letter to the mail server that the settings name."""
    letter = EmailMultiAlternatives(subject, text, to=[to], headers=headers)
    if html:
        letter.attach_alternative(html, "text/html")
    letter.send()
