"""What documents are drafted from: the definitions of what is launched, the competition, the price in the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from clearspan.catalogue.models import Competitor
from clearspan.core.models import Company
from clearspan.stages.definition.content import Clause, Content, of_version, read
from clearspan.stages.definition.models import Definition, DefinitionVersion
from clearspan.stages.definition.queries import standing_version
from clearspan.stages.launch.models import Launch
from clearspan.stages.options.models import BusinessCase, Option
from clearspan.ui.numbers import SYMBOLS, money

PRICE_WORDS = ("price", "fee", "tariff", "licence", "subscription")


@dataclass(frozen=True)
class Price:
    """What the business case reckons with: an assumption, not yet a price."""

    name: str
    low: float
    likely: float
    high: float
    unit: str
    source: str
    case: int  # version of the business case
    currency: str

    @property
    def words(self) -> str:
        """ "£250 a quarter, an account; between £150 and £400 in eight of ten futures (guess)"."""
        amount = self.likely_for
        spread = (
            ""
            if self.low == self.high
            else f"; between {self._money(self.low)} and {self._money(self.high)} in eight of ten futures"
        )
        return f"{amount}{spread}{f' ({self.source})' if self.source else ''}"

    @property
    def likely_words(self) -> str:
        return self._money(self.likely)

    @property
    def likely_for(self) -> str:
        """ "£250 a quarter, an account"."""
        return f"{self.likely_words} {self.unit}".rstrip()

    def _money(self, value: float) -> str:
        return money(value, self.currency, scale="", digits=4)


@dataclass(frozen=True)
class Part:
    """One option that is launched, with its definition as it stands. Empty content: nobody has defined it."""

    title: str
    content: Content
    prices: tuple[Price, ...] = ()
    version: DefinitionVersion | None = None

    def requirements(self, *weights: str) -> list[Clause]:
        return [one for one in self.content.requirements if one.weight in weights]


@dataclass(frozen=True)
class Facts:
    """All that a draft may say."""

    launch: Launch
    product: str
    company: str
    day: date
    parts: tuple[Part, ...]
    competitors: tuple[Competitor, ...]

    @property
    def version(self) -> DefinitionVersion | None:
        """What the draft is made from; of several definitions the first's."""
        return next((part.version for part in self.parts if part.version is not None), None)


def facts_of(launch: Launch) -> Facts:
    """Reads everything at once. Who sees the launch sees its product, and all of this is the product's."""
    options = [row.option for row in launch.brings.select_related("option__definition").order_by("pk")]
    company = Company.ours()
    cases: dict[int, BusinessCase] = {}
    for case in BusinessCase.objects.filter(option__in=options).order_by("version"):
        cases[case.option_id] = case
    return Facts(
        launch, launch.product.name, company.name, launch.planned_on,
        tuple(_part(option, cases.get(option.pk), company.currency) for option in options),
        tuple(Competitor.objects.filter(product=launch.product)),
    )  # fmt: skip


def _part(option: Option, case: BusinessCase | None, currency: str) -> Part:
    prices = tuple(_prices(case, currency)) if case else ()
    definition: Definition | None = getattr(option, "definition", None)
    if definition is None:
        return Part(option.title, Content(title=option.title), prices)
    version = standing_version(definition)
    content = of_version(version) if version else read(definition)
    return Part(option.title, content, prices, version)


def _prices(case: BusinessCase, currency: str) -> list[Price]:
    drivers: dict[str, Any] = case.spec.get("drivers") or {}
    found = []
    for name, driver in drivers.items():
        if not any(word in name.lower() for word in PRICE_WORDS) or not isinstance(driver, dict):
            continue
        points = [driver.get(key, driver.get("fixed")) for key in ("p10", "p50", "p90")]
        if all(isinstance(point, int | float) for point in points):
            low, likely, high = (float(point) for point in points)  # type: ignore[arg-type]  # just looked
            unit, source = _without_currency(str(driver.get("unit", "")), currency), str(driver.get("note", ""))
            found.append(Price(name.replace("_", " "), low, likely, high, unit, source, case.version, currency))
    return found


def _without_currency(unit: str, currency: str) -> str:
    """What a price is for: "£ a year, an account" is said beside an amount, which has its currency already."""
    for name in (SYMBOLS.get(currency, currency).strip(), currency):
        unit = unit.removeprefix(name).strip()
    return unit
