"""Every address of the confidential product: the screens there are, and all that their pages lead to.

Found by following the product's manager, so that a file, a feed or a part of a page that is added tomorrow is among
them as soon as a page leads to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from django.urls import Resolver404, resolve

from clearspan.catalogue.models import Product
from clearspan.core.models import Import
from clearspan.interfaces.archive.models import Backup
from clearspan.stages.decisions.models import PortfolioStudy
from clearspan.stages.development.models import Milestone, Pull, Quote
from clearspan.stages.opportunities.models import DemandStudy
from clearspan.stages.options.models import Option
from tests.browser.pages import SCREENS, Screen
from tests.interfaces.confidential.planted import SECRET, Rows, signed_in, text_of
from tests.world import World

LEADS_OUT = {"account_logout"}
UNLED = (  # no page leads to these as the rows stand here: their addresses are made, as a screen's is
    *(Screen("demand_study_inputs", (DemandStudy, table)) for table in ("evidence", "accounts", "market")),
    Screen("demand_study_result", (DemandStudy,)),
    *(Screen(name, (Option,)) for name in ("option_progress", "option_study", "option_driver", "option_effort")),
    *(Screen("study_progress", (kind,)) for kind in ("demand", "themes")),
    Screen("plan_json", (PortfolioStudy,)), Screen("pull_progress", (Pull,)),
    *(Screen(name) for name in ("plan_progress", "forecast_progress", "ledger_progress")),
    *(Screen(name) for name in ("start_definition", "take_up")),
    *(Screen(name, (Import,), of_product=False) for name in ("import_match", "import_undo", "import_progress")),
    *(Screen(name, (Backup,), of_product=False) for name in ("export_progress", "export_download")),
    Screen("portal_feed", ("umbra",), of_product=False), Screen("portal_me_json", of_product=False),
    Screen("portal_similar", ("umbra",), f"?text={SECRET[:4]}+umbra+dark", of_product=False),
    Screen("supplying_quote", (Quote,), of_product=False),
    Screen("supplying_milestone", (Milestone,), of_product=False),
)  # fmt: skip
_ADDRESS = re.compile(r"""["'](/[^"'\s<>\\]+)["']""")


@dataclass(frozen=True)
class Doors:
    """`pages` are the screens' addresses, `further` what they lead to: files, data, parts of pages, what a form asks.

    `telling` are those of both on which the manager reads the marker, `fallen` those that fail for the manager.
    """

    pages: tuple[str, ...]
    further: tuple[str, ...]
    telling: frozenset[str]
    fallen: frozenset[str]

    @classmethod
    def of(cls, world: World, rows: Rows) -> Doors:
        manager = signed_in(world, "ines")
        manager.raise_request_exception = False  # a marker where a word of ours is expected: a page may fall over it
        pages = tuple(dict.fromkeys(_address(screen, rows) for screen in SCREENS if screen.name not in LEADS_OUT))
        screens = {screen.name for screen in SCREENS}
        got = {address: manager.get(address) for address in pages}
        said = {address: text_of(answer) for address, answer in got.items()}
        found: dict[tuple[str, ...], str] = {}
        for text in said.values():
            for address in map(unescape, _ADDRESS.findall(text)):
                name = named(address)
                if name and (name not in screens or "take=" in address):
                    found.setdefault(_kind(name, address), address)
        unled = [screen.address(rows) for screen in UNLED]
        further = tuple(address for address in dict.fromkeys([*found.values(), *unled]) if address not in said)
        said |= {address: text_of(manager.get(address)) for address in further}
        telling = frozenset(address for address, text in said.items() if SECRET in text)
        return cls(pages, further, telling, frozenset(at for at, answer in got.items() if answer.status_code == 500))

    def beside(self, product: Product) -> tuple[str, ...]:
        """The same addresses under another product, which has none of these rows."""
        return tuple(f"/{product.key}{page[len('/umbra') :]}" for page in self.pages if page.startswith("/umbra/"))


def _address(screen: Screen, rows: Rows) -> str:
    return screen.address(rows).replace("/portal/tideline", "/portal/umbra")


def named(address: str) -> str | None:
    try:
        return resolve(address.partition("?")[0].partition("#")[0]).view_name
    except Resolver404:
        return None


def _kind(name: str, address: str) -> tuple[str, ...]:
    """What is one door, whatever row it is of: the address, the form of the file, the figure that is taken."""
    path, _, query = address.partition("?")
    taken = re.search(r"take=[a-z0-9-]+\.(\w+)", query)
    given = resolve(path).kwargs
    return (name, *(str(given[key]) for key in ("kind", "form", "audience") if key in given),
            path if taken else "", taken[1] if taken else "")  # fmt: skip
