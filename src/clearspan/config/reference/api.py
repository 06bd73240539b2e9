"""The page of the machine interfaces: what may be read, by which address and which tool."""

from __future__ import annotations

from clearspan.config.reference.actions import PARTS, link_to, stages
from clearspan.config.reference.markdown import page, table
from clearspan.core.actions import registry
from clearspan.interfaces.reads import MOST, READS, Read

HOW = f"""A request carries a person's token: `Authorization: Bearer cs_...`. The OpenAPI description is at
`/api/openapi.json`, readable at `/api/docs`. An agent has the same as tools: `clearspan mcp`.

Lists come newest first, 50 rows a page and at most {MOST} (`limit`). `next` of a page is what to give as `after` for
the following one; it is `null` on the last. Every list takes `since`, a date. The table has the other narrowings."""
ANSWERS = (
    ("200", "done, or read"),
    ("401", "the token is missing, wrong, run out or revoked"),
    ("403", "the person, or the token's scopes, may not; `detail` says what"),
    ("404", "it is not there, or the person may not see it: the answer is the same"),
    ("422", "something given cannot be used; `faults` maps each parameter to a sentence"),
)


def text() -> str:
    """Reading and doing, for REST and for agents."""
    reading = table("Rows|Address|Narrowed by|An agent's tools", [_row(read) for read in READS])
    doing = table(
        "Part|Actions: `POST /api/actions/NAME`, or the tool of that name", [_actions(part) for part in stages()]
    )
    return page(
        "REST and an agent's tools", "What machines may read and do, and how they are answered.", HOW,
        f"## Reading\n\n{reading}", f"## Doing\n\n{doing}", f"## Answers\n\n{table('Status|Means', ANSWERS)}",
    )  # fmt: skip


def _row(read: Read) -> tuple[str, str, str, str]:
    path = f"/api/{read.name.replace('_', '-')}"
    narrowed = {"product": read.product, "q": read.searched, "state": read.has_state}
    names = ", ".join(f"`{name}`" for name, can in narrowed.items() if can)
    return read.help, f"`GET {path}`, `GET {path}/REF`", names, f"`list_{read.name}`, `get_{read.one}`"


def _actions(part: str) -> tuple[str, str]:
    actions = sorted((one for one in registry.values() if one.stage == part), key=lambda one: one.name)
    return PARTS.get(part, part), ", ".join(link_to(action, "actions/") for action in actions)
