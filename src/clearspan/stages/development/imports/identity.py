"""What identifies a row of a file, the same as a pull of the same project has it (see `Incoming`)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

SYSTEMS = {"github": "GitHub", "gitlab": "GitLab", "jira": "Jira", "linear": "Linear"}
_GITHUB = re.compile(r"https?://([^/]+)/(?:repos/)?([^/]+/[^/]+)/(?:issues|pull)/(\d+)")
_GITLAB = re.compile(r"https?://([^/]+)/(.+?)/(?:-/)?(?:issues|work_items)/(\d+)")


def identify(said: Mapping[str, Any], system: str) -> tuple[str, str]:
    """(external_id, key) of a row: by its address where that says it, else by its key, else by its words.

    A bare number says little where several teams count for themselves: then the team's name goes before it.
    """
    url = said.get("url", "")
    if (match := _GITHUB.match(url)) and (system == "github" or match[1].endswith("github.com")):
        return f"github:{match[2]}#{match[3]}", f"#{match[3]}"
    if (match := _GITLAB.match(url)) and (system == "gitlab" or "/-/" in url or match[1].endswith("gitlab.com")):
        return f"gitlab:{match[2]}#{match[3]}", f"#{match[3]}"
    key = str(said.get("key") or said.get("number") or "")
    if key:
        return named(key, system, said.get("team", "")), key
    words = "\x1f".join(str(said.get(name) or "") for name in ("title", "text", "added_on"))
    return f"content:{hashlib.sha256(words.encode()).hexdigest()[:32]}", ""


def named(key: str, system: str, team: str) -> str:
    """The identity of what has this key."""
    if system in ("jira", "linear"):
        return f"{system}:{key}"
    return f"{team.lower()}/{key}" if key.isdecimal() and team else key
