"""Files that these tests write themselves, and imports begun from them."""

from tests.core.imports.conftest import begin, bring, write

__all__ = ["begin", "bring", "write"]
