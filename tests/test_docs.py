"""The documents say what is so: the reference is as the code says, links lead somewhere, examples run."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearspan.config import env, reference
from clearspan.config.commands import COMMANDS
from clearspan.config.reference.commands import parser_of
from clearspan.core.actions import registry
from clearspan.interfaces.api.examples import example_of
from clearspan.interfaces.cli import studies

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]
MEND = "run `make docs` and commit what it writes"


def test_the_reference_is_as_the_code_says() -> None:
    behind = reference.differences(DOCS / "reference")
    assert not behind, f"{MEND}: {'; '.join(behind)}"


def test_a_page_that_is_behind_missing_or_left_over_is_noticed(tmp_path: Path) -> None:
    reference.write(tmp_path)
    assert reference.differences(tmp_path) == []
    (tmp_path / "settings.md").write_text("old", encoding="utf-8")
    (tmp_path / "api.md").unlink()
    (tmp_path / "gone.md").touch()
    assert reference.differences(tmp_path) == [
        "gone.md: no longer made from the code", "settings.md: behind the code", "api.md: missing",
    ]  # fmt: skip
    reference.write(tmp_path)
    assert reference.differences(tmp_path) == []


def test_every_setting_is_documented() -> None:
    text = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    assert [setting.name for setting in env.SETTINGS if f"`{setting.name}`" not in text] == []
    assert [setting.name for setting in env.SETTINGS if not setting.help.endswith(".")] == []


def test_every_command_and_every_study_is_documented() -> None:
    titles = _headings(DOCS / "reference" / "commands.md")
    wanted = [f"clearspan-{command.name}" for command in COMMANDS]
    wanted += [f"clearspan-study-{name}" for name in studies.names()]
    assert [name for name in wanted if name not in titles] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_parameter_of_a_command_says_what_it_is(command: reference.commands.Command) -> None:
    parser = parser_of(command)
    if parser is None:
        assert command.name == "do"  # its parameters are the actions'
        return
    below = next((one.choices for one in parser._actions if isinstance(one, argparse._SubParsersAction)), {})
    silent = [
        f"{each.prog} {action.dest}"
        for each in [parser, *below.values()]
        for action in each._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert silent == []


def test_every_action_is_documented_with_what_it_does_and_to_whom_it_is_open() -> None:
    silent = []
    for action in registry.values():
        text = (DOCS / "reference" / "actions" / f"{action.stage}.md").read_text(encoding="utf-8")
        section = text.partition(f"\n## {action.name}\n")[2].partition("\n## ")[0]
        if action.help.splitlines()[0] not in section or "Open to: ." in section or "Open to: " not in section:
            silent.append(action.name)
    assert silent == []


@pytest.mark.parametrize("name", sorted(registry))
def test_the_example_of_an_action_is_one_it_takes(name: str) -> None:
    example = json.loads(json.dumps(example_of(registry[name])))
    given = registry[name].Given(**example)
    assert set(example) == given.model_fields_set


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    broken = [link for link in _links(ROOT / name) if not _leads_somewhere(ROOT / name, link)]
    assert broken == []


def test_every_page_can_be_found_from_the_index() -> None:
    found, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in found:
            continue
        found.add(page)
        targets = [(page.parent / link.partition("#")[0]).resolve() for link in _links(page) if "://" not in link]
        waiting += [target for target in targets if target.suffix == ".md" and target.is_file()]
    lost = {path for path in PAGES if path not in found} - {ROOT / "CHANGELOG.md"}
    assert sorted(str(path.relative_to(ROOT)) for path in lost) == []


def test_every_decision_has_context_decision_and_consequences() -> None:
    for path in DOCS.glob("decisions/0*.md"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], path.name
        assert text.startswith(f"# {path.name[:4]} "), path.name


def test_studies_in_the_documents_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line `$ clearspan study ...` of a ```console block, in order, on a copy of docs/examples."""
    commands = [line for path in PAGES for line in _console(path)]
    assert len(commands) >= 5
    shutil.copytree(DOCS / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path / "examples")
    for command in commands:
        assert studies.main(shlex.split(command)[2:]) == 0, command


def test_what_the_page_on_studies_says_of_the_verdicts_is_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCS / "examples")
    files = ["--evidence", "evidence.csv", "--accounts", "accounts.csv", "--market", "market.csv"]
    assert studies.main(["demand", *files, "--out", str(tmp_path / "demand.json")]) == 0
    result = json.loads((tmp_path / "demand.json").read_text(encoding="utf-8"))
    verdicts = {one["opportunity"]: one["verdict"] for one in result["opportunities"]}
    assert verdicts.pop("Payroll file for one head office") == "single_customer"
    assert list(verdicts.values()) == ["market"] * 3


def test_what_the_page_on_studies_says_of_the_dates_is_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCS / "examples")
    given = ["--items", "items.csv", "--remaining", "40", "--split", "1.0", "1.3", "--out", str(tmp_path / "it.json")]
    assert studies.main(["delivery", *given]) == 0
    dates = json.loads((tmp_path / "it.json").read_text(encoding="utf-8"))["dates"]
    assert (dates["p50"], dates["p85"]) == ("2026-04-01", "2026-04-22")


def test_the_first_page_names_the_two_commands_early() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert [block.strip() for block in blocks[:2]] == ["make demo", "make test"]


def test_make_knows_every_target_that_the_documents_name() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    command = re.compile(r"(?:^|`|&& |sudo )make ([a-z-]+)(?=`|\s*$|\s+#)", re.MULTILINE)
    named = {word for path in PAGES for word in command.findall(path.read_text(encoding="utf-8"))}
    assert {"demo", "test"} <= named <= targets


def test_the_screenshot_is_small() -> None:
    assert (DOCS / "pictures" / "opportunities.png").stat().st_size < 200_000


def test_nothing_names_paths_of_a_machine_or_the_place_where_it_was_written() -> None:
    # Put together here, so that this file does not hold them.
    paths = ["/" + "work/", "/" + "tmp/w", "/" + "root/", "/" + "Users/"]
    words = [*paths, "sub" + "agent", "co-authored" + "-by", "chat" + "gpt", "anth" + "ropic", "clau" + "de"]
    shouting = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in _texts()
        if (match := shouting.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def _texts() -> Iterator[Path]:
    """Every file of the project that is text, generated and downloaded ones aside."""
    kinds = {".py", ".md", ".html", ".css", ".js", ".svg", ".toml", ".txt", ".in", ".csv", ".json"}
    for folder in ("src", "tests", "benchmarks", "docs", "requirements"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in kinds and "egg-info" not in str(path))
    yield from (path for path in ROOT.iterdir() if path.suffix in kinds or path.name in ("Makefile", "LICENSE"))


def _without_code(path: Path) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def _links(path: Path) -> list[str]:
    return re.findall(r"\]\(<?([^)>\s]+)>?\)", _without_code(path))


def _leads_somewhere(page: Path, link: str) -> bool:
    """Whether a link inside the project has its file, and in it the heading after the hash."""
    if "://" in link or link.startswith("mailto:"):
        return True
    name, _, heading = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.exists():
        return False
    return not heading or heading in _headings(target)


def _headings(path: Path) -> set[str]:
    """The headings of a page as links name them."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def _console(path: Path) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    return [line for line in lines if line.startswith("clearspan study ")]
