"""What people give as address and project, as it is kept."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SEGMENT = r"(?!\.{1,2}(?:/|$))[\w.-]+"  # of a path: never one that leads upwards
LONGEST = 150


def address_of(
    given: str, example: str = "https://gitlab.example.com", instead: str = "the token has a field of its own"
) -> str:
    """An http(s) address without what does not belong to one. Raises ValueError(parameter, words); the words name an
    `example`, and what there is `instead` of a name and a password in it."""
    parts = urlsplit(given.strip())
    try:
        port = parts.port
    except ValueError:
        raise ValueError("address", "its port is no number") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("address", f"it begins with https://, such as {example}")
    if parts.username or parts.password:
        raise ValueError("address", f"leave the name and password out; {instead}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def path_of(given: str, least: int, most: int, example: str) -> str:
    """A project's path, also from its whole address. Raises ValueError(parameter, words)."""
    path = urlsplit(given.strip()).path if "://" in given else given.strip()
    path = path.partition("/-/")[0].strip("/").removesuffix(".git")
    if "://" in given:
        path = "/".join(path.split("/")[:most])
    if not re.fullmatch(rf"{_SEGMENT}(?:/{_SEGMENT}){{{least - 1},{most - 1}}}", path) or len(path) > LONGEST:
        raise ValueError("project", f"it is written as in its address, such as {example}")
    return path


def origin_in(given: str) -> str:
    """The address in front of a project that was given as a whole address, else ""."""
    parts = urlsplit(given.strip())
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else ""
