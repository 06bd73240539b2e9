"""What can stand after `clearspan`: one row a command."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A word after `clearspan`: where its `main(argv) -> int` is, and whether that needs Django."""

    name: str
    module: str
    help: str
    needs_django: bool = True


COMMANDS = (
    Command("serve", "clearspan.config.serve", "start Clearspan: web, jobs and, when embedded, the database", False),
    Command("demo", "clearspan.config.demo", "Clearspan on the sample company", False),
    Command("doctor", "clearspan.config.doctor", "say what is wrong and how to mend it", False),
    Command("migrate", "clearspan.config.prepare", "bring the database up to this version"),
    Command("settings", "clearspan.config.show_settings", "list what can be set, and how it is set now", False),
    Command("invite", "clearspan.interfaces.cli.invite", "let a person in: prints the link that is theirs"),
    Command("unlock", "clearspan.interfaces.cli.unlock", "take away a second factor whose device is lost"),
    Command(
        "import", "clearspan.interfaces.cli.imports", "bring in a file of evidence, accounts, deals, segments or items"
    ),
    Command("do", "clearspan.interfaces.cli.do", "do any action"),
    Command(
        "definition", "clearspan.interfaces.cli.definition", "a definition as PDF, Markdown or issues for a tracker"
    ),
    Command("export", "clearspan.interfaces.cli.export", "write everything of the company to one file"),
    Command("backup", "clearspan.interfaces.cli.backup", "make a backup now, and let the oldest go"),
    Command("restore", "clearspan.config.restore", "make the company of such a file, in an empty database"),
    Command("study", "clearspan.interfaces.cli.studies", "run an engine on files, without a database", False),
    Command("mcp", "clearspan.interfaces.mcp.server", "tools for a person's own agent, over standard input and output"),
    Command("docs", "clearspan.config.reference", "write docs/reference from the code"),
)
