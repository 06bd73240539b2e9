"""Texts and addresses as they can be kept, whatever a system sends."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator


def _clean(text: str) -> str:
    """Without what a database cannot keep: NUL, and halves of characters."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _web(address: str) -> str:
    """An address that may stand in a link, else none."""
    return address if address.startswith(("https://", "http://")) and len(address) <= 500 else ""


Text = Annotated[str, AfterValidator(_clean)]
Link = Annotated[str, AfterValidator(_clean), AfterValidator(_web)]


def as_written(project: str, address: str) -> str:
    """The project as the system writes it in an item's address: people do not mind capitals, identities do."""
    at = address.lower().find(f"/{project.lower()}/")
    return address[at + 1 : at + 1 + len(project)] if at >= 0 else project
