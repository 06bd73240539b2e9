"""Keeps docs/benchmarks.md: one section a benchmark, replaced as a whole when it is run again."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = "# Benchmarks\n\nEach section is written by the command it names (`make bench` runs them all).\n"


def data_folder() -> Path | None:
    """Where the real data lies, or None: CLEARSPAN_BENCH_DATA, else ../shared/data beside the checkout."""
    folder = Path(os.environ.get("CLEARSPAN_BENCH_DATA", PAGE.parent.parent.parent / "shared" / "data"))
    return folder if folder.is_dir() else None


def table(header: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def write(name: str, title: str, body: str) -> None:
    """Prints the section of benchmark `name` and puts it into docs/benchmarks.md in place of its last one."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    stamp = datetime.now(UTC).date().isoformat()
    head = f"<!-- {name} -->\n## {title}\n\n`python -m benchmarks.{name}` on {machine}, {stamp}"
    section = f"{head}\n\n{body.strip()}\n<!-- /{name} -->\n"
    print(section)
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    old = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->\n", re.DOTALL)
    page = old.sub(lambda _: section, page) if old.search(page) else page + "\n" + section
    PAGE.write_text(page, encoding="utf-8")
