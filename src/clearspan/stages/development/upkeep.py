"""Which work keeps going what is there: guessed from an item's kind and labels, by words the company may change."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from clearspan.core.models import Company
from clearspan.stages.development.states import plain

SETTING = "upkeep_words"
WORDS = (
    "bug", "defect", "fix", "hotfix", "regression", "incident", "maintenance", "upkeep", "security", "vulnerability",
    "dependencies", "dependency", "upgrade", "tech debt", "technical debt", "techdebt", "chore", "refactor",
    "refactoring", "cleanup", "ci", "build", "infrastructure", "operations", "ops", "support", "flaky test",
)  # fmt: skip


def words() -> tuple[str, ...]:
    """The company's own words for upkeep, else those everybody has. One query."""
    kept = Company.ours().settings.get(SETTING)
    return tuple(kept) if isinstance(kept, list) else WORDS


def tidy(words: Iterable[str]) -> list[str]:
    """Words as they are kept and compared."""
    return list(dict.fromkeys(word for one in words if (word := plain(one))))


def is_upkeep(kind: str, labels: Iterable[str], known: Collection[str]) -> bool:
    """Whether a kind or a label says that it is upkeep: "tech-debt", "kind/bug" and "type: security" do."""
    return kind in known or any(word in known for label in labels for word in _said(label))


def _said(label: str) -> list[str]:
    return [plain(label), plain(re.split(r"[:/]", label)[-1])]
