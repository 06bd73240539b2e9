"""`clearspan docs`: writes docs/reference from the code, so that it says what is so.

Settings, commands, actions, rules and addresses each stand in one place of the code already; the pages are made of
their names and docstrings. A test compares them (tests/test_docs.py), so a page that is behind is noticed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from clearspan.config.reference import actions, api, commands, export, permissions, references, settings
from clearspan.config.reference.markdown import page, table

PLACE = Path("docs/reference")


def main(argv: list[str]) -> int:
    """0: written, or with --check as it should be. 1: with --check, a page is behind. 2: there is no such folder."""
    parser = argparse.ArgumentParser(prog="clearspan docs", description=__doc__)
    parser.add_argument("--into", type=Path, default=PLACE, metavar="FOLDER", help="write there (default %(default)s)")
    parser.add_argument("--check", action="store_true", help="write nothing, say which pages are behind")
    arguments = parser.parse_args(argv)
    folder: Path = arguments.into
    if not folder.parent.is_dir():
        print(f"There is no folder {folder.parent}: run this in the project's folder, or give --into.", file=sys.stderr)
        return 2
    behind = differences(folder)
    if arguments.check:
        print("\n".join(behind) or "Every page is as the code says.")
        return 1 if behind else 0
    write(folder)
    print(f"{len(behind)} of {len(pages())} pages changed.")
    return 0


def pages() -> dict[str, str]:
    """Every page of docs/reference: its path there to its text."""
    made = {
        "settings.md": settings.text(),
        "commands.md": commands.text(),
        "api.md": api.text(),
        "permissions.md": permissions.text(),
        "references.md": references.text(),
        "export.md": export.text(),
        **{f"actions/{stage}.md": actions.text(stage) for stage in actions.stages()},
    }
    return {"README.md": _index(made), **made}


def differences(folder: Path) -> list[str]:
    """What in `folder` is not as the code says, one line a page."""
    made = pages()
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    found = [f"{name}: no longer made from the code" for name in sorted(there - made.keys())]
    for name, text in made.items():
        if name not in there:
            found.append(f"{name}: missing")
        elif (folder / name).read_text(encoding="utf-8") != text:
            found.append(f"{name}: behind the code")
    return found


def write(folder: Path) -> None:
    """Makes `folder` what the code says: pages are written, and pages of what is gone are removed."""
    made = pages()
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if str(path.relative_to(folder)) not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _index(made: dict[str, str]) -> str:
    rows = [(f"[{_title(text)}]({name})", _first_line(text)) for name, text in made.items()]
    return page(
        "Reference", "Made from the code, so it holds what there is and nothing more.", table("Page|Holds", rows)
    )


def _title(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")


def _first_line(text: str) -> str:
    """The sentence below the title."""
    lines = text.splitlines()
    return lines[next(place for place, line in enumerate(lines) if line.startswith("# ")) + 2]
