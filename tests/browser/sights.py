"""What there is to see in the sample company: every screen, as the person it was made for.

A page of one thing is found as a person finds it: by the first link of its kind on the list that leads there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page

PRODUCT = "Product management"
PLACE = "/rimewatch/"


@dataclass(frozen=True)
class Sight:
    """A page at `path`; or, with `link`, the first page that `path` links to whose address fits it. `then` follows."""

    name: str
    path: str
    link: str = ""
    then: str = ""
    who: str | None = PRODUCT
    status: int = 200

    def find(self, page: Page) -> str | None:
        """The address, or None where the sample company has no such thing."""
        if not self.link:
            return self.path
        page.goto(self.path)
        hrefs = page.eval_on_selector_all("main a[href]", "links => links.map(link => link.getAttribute('href'))")
        found = next((href for href in hrefs if re.fullmatch(self.link, href)), None)
        return None if found is None else found + self.then


def _of(name: str, path: str, link: str = "", then: str = "", who: str = PRODUCT) -> Sight:
    return Sight(name, PLACE + path, f"{PLACE}{link}" if link else "", then, who)


_NEED, _OPTION, _ACCOUNT, _DEAL, _PIECE = (
    f"{kind}/[0-9]+" for kind in ("opportunities", "options", "accounts", "deals", "feedback")
)
_DEFINITION = "definition/[0-9]+"
_LAUNCH = "launch/[0-9]+"
_COMPETITOR = "market/competitors/[0-9]+"

SIGHTS = [
    _of("kpis", "in-life/kpis"), _of("kpi", "in-life/kpis", "in-life/kpis/[0-9]+"),
    _of("kpi-new", "in-life/kpis/new"),
    _of("proposals", "in-life/proposals"), _of("proposal", "in-life/proposals", "in-life/proposals/[0-9]+"),
    _of("proposal-new", "in-life/proposals/new"),
    _of("promises", "in-life/promises"), _of("calibration", "in-life/calibration"), _of("cohorts", "in-life/cohorts"),
    Sight("practice", "/practice"), Sight("method", "/practice/methods/calibration"),
    Sight("sign-in", "/account/login/", who=None),
    Sight("today", "/"), Sight("today-of-sales", "/", who="Sales"), Sight("today-of-leadership", "/", who="Leadership"),
    Sight("today-of-engineering", "/", who="Engineering"),
    Sight("today-of-support", "/", who="Support"), Sight("supplying", "/supplying", who="Orrvik Voice"),
    _of("inbox", "inbox"), _of("feedback-all", "feedback"), _of("feedback", "feedback", _PIECE),
    _of("feedback-record", "feedback/new"), _of("feedback-change", "feedback", _PIECE, "/change"),
    _of("interviews", "interviews"), _of("interview-record", "interviews/new"),
    _of("intelligence", "intelligence"), _of("intelligence-piece", "intelligence", "intelligence/[0-9]+"),
    _of("intelligence-record", "intelligence/new"),
    _of("asks", "asks"), _of("asks-of-sales", "asks", who="Sales"), _of("ask", "asks", "asks/[0-9]+", who="Sales"),
    _of("ask-record", "asks/new", who="Sales"),
    _of("opportunities", "opportunities"), _of("opportunities-tree", "opportunities?view=tree"),
    _of("opportunities-map", "opportunities?view=map"), _of("opportunity", "opportunities", _NEED),
    _of("opportunity-new", "opportunities/new"), _of("opportunity-change", "opportunities", _NEED, "/change"),
    _of("opportunity-mentions", "opportunities", _NEED, "/mentions"), _of("themes", "opportunities/themes"),
    _of("demand-studies", "opportunities/studies"),
    _of("demand-study", "opportunities/studies", "opportunities/studies/[0-9]+"),
    _of("options", "options"), _of("option", "options", _OPTION), _of("option-new", "options/new"),
    _of("option-change", "options", _OPTION, "/change"), _of("option-case", "options", _OPTION, "/case"),
    _of("portfolio", "portfolio"), _of("people", "portfolio/people"), _of("pitch", "portfolio/pitch"),
    _of("roadmap", "roadmap?for=leadership"), _of("roadmap-development", "roadmap?for=development"),
    _of("roadmap-sales", "roadmap?for=sales"), _of("roadmap-customers", "roadmap?for=customers"),
    _of("decisions", "decisions"), _of("decision", "decisions", "decisions/[0-9]+"),
    _of("definitions", "definition"), _of("definition", "definition", _DEFINITION),
    _of("definition-write", "definition", _DEFINITION, "/change"),
    _of("definition-publish", "definition", _DEFINITION, "/publish"),
    _of("definition-ask", "definition", _DEFINITION, "/ask"),
    _of("definition-changes", "definition", _DEFINITION, "/changes"),
    _of("definition-document", "definition", _DEFINITION, "/document"),
    _of("requirement-new", "definition", _DEFINITION, "/requirements/new"),
    _of("development", "development"), _of("items", "development/items"),
    _of("item", "development", "development/items/[0-9]+"), _of("item-new", "development/items/new"),
    _of("teams", "development/teams"), _of("forecast", "development/forecast"), _of("drift", "development/drift"),
    _of("drift-note", "development/drift/note"), _of("trackers", "development/trackers"),
    _of("tracker-new", "development/trackers/new"), _of("suppliers", "suppliers"),
    _of("supplier", "suppliers", "suppliers/[0-9]+"), _of("milestone", "suppliers", "suppliers/milestones/[0-9]+"),
    _of("launches", "launch"), _of("launch", "launch", _LAUNCH), _of("launch-new", "launch/new"),
    _of("launch-of-support", "launch", _LAUNCH, who="Support"), _of("go-or-no-go", "launch", _LAUNCH, "/go"),
    _of("commitments", "launch/mine", who="Support"), _of("launched", "launch?which=launched", _LAUNCH),
    _of("campaigns", "launch/campaigns"), _of("campaign", "launch/campaigns", "launch/campaigns/[0-9]+"),
    _of("trace", "trace/OP-2"),
    _of("market", "market"), _of("segment-new", "market/segments/new"),
    _of("segment", "market", "market/segments/[0-9]+"), _of("competitor-new", "market/competitors/new"),
    _of("competitor", "market", _COMPETITOR), _of("battlecard", "market", _COMPETITOR, "/battlecard"),
    _of("battlecard-print", "market", _COMPETITOR, "/battlecard/print"), _of("our-prices", "market/offers"),
    _of("offer", "market/offers", "market/offers/[0-9]+"), _of("offer-new", "market/offers/new"),
    _of("won-and-lost", "market/won-and-lost"), _of("comparison", "market/comparison"),
    _of("comparison-requirements", "market/comparison/requirements"),
    _of("intelligence-feeds", "intelligence/feeds"), _of("feed-new", "intelligence/feeds/new"),
    _of("accounts", "accounts"), _of("account", "accounts", _ACCOUNT), _of("account-new", "accounts/new"),
    _of("account-change", "accounts", _ACCOUNT, "/change"), _of("contact-new", "accounts", _ACCOUNT, "/contacts/new"),
    _of("deals", "deals"), _of("deal", "deals", _DEAL), _of("deal-new", "deals/new"),
    _of("deal-change", "deals", _DEAL, "/change"), _of("deal-close", "deals", _DEAL, "/close"),
    Sight("imports", "/imports"), Sight("import-new", "/imports/new"),
    Sight("settings", "/settings"), Sight("settings-people", "/settings/people"),
    Sight("settings-products", "/settings/products"), Sight("settings-lists", "/settings/lists"),
    Sight("your-account", "/me"), Sight("audit", "/audit"), Sight("patterns", "/patterns"),
    Sight("not-found", "/nowhere-at-all/", status=404),
]  # fmt: skip
