"""Every screen of the product, and how its address is made from the rows of tests/one_of_each.py.

What has an address but no screen of its own is named too, with the reason; test_pages.py compares both with the
addresses there are, so that a new screen cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clearspan.catalogue.models import (
    Account,
    Competitor,
    Contact,
    Deal,
    Offer,
    Price,
    Product,
    Segment,
    Supplier,
    SupplierContact,
)
from clearspan.core.models import Import, User
from clearspan.interfaces.webhooks.models import Webhook
from clearspan.stages.briefs.models import BriefSending
from clearspan.stages.decisions.models import Decision, PortfolioStudy
from clearspan.stages.definition.models import Definition, Requirement
from clearspan.stages.development.models import DriftNote, Milestone, Pull, Quote, Team, Tracker, WorkItem
from clearspan.stages.evidence.models import Ask, Feed, Feedback, Intelligence, Interview
from clearspan.stages.inlife.models import KPI, LedgerEntry, LedgerVersion, Proposal
from clearspan.stages.launch.models import (
    Campaign,
    Collateral,
    Commitment,
    Launch,
    LaunchMeasure,
    LaunchTemplate,
    TemplateLine,
)
from clearspan.stages.opportunities.models import DemandStudy, Mention, Opportunity
from clearspan.stages.options.models import Option
from clearspan.stages.portal.models import ChangelogEntry, Idea, IdeaComment

Rows = dict[type[models.Model], Any]


@dataclass(frozen=True)
class Screen:
    """A screen: the name of its address, what stands in the address, and what it is asked for.

    `about` are the kinds of row in the address, after the product where `of_product`; or words as they are. `who` sees
    it: a person of tests/world.py, or nobody who is signed in.
    """

    name: str
    about: tuple[type[models.Model] | str, ...] = ()
    query: str = ""
    of_product: bool = True
    who: str | None = "ines"
    status: int = 200

    @property
    def title(self) -> str:
        return " ".join([self.name, *(part for part in self.about if isinstance(part, str)), self.query]).strip()

    def address(self, rows: Rows) -> str:
        named = {model.__name__.lower(): row.ref for model, row in rows.items() if _has_ref(row)}
        parts = [part.format_map(named) if isinstance(part, str) else rows[part].pk for part in self.about]
        start = [rows[Product].key] if self.of_product else []
        query = self.query.format_map(named)
        return reverse(self.name, args=[*start, *parts]) + query


def _has_ref(row: Any) -> bool:
    return hasattr(row, "ref")


def _company(name: str, *about: type[models.Model] | str, who: str | None = "ines") -> Screen:
    return Screen(name, about, of_product=False, who=who)


def _public(name: str, *about: type[models.Model] | str) -> Screen:
    """A page of Tideline's portal, as a stranger reads it."""
    return Screen(name, ("tideline", *about), of_product=False, who=None)


SCREENS = (
    _company("today"), Screen("today", of_product=False, who="sol"), Screen("today", of_product=False, who="leda"),
    Screen("today", of_product=False, who="devi"), Screen("today", of_product=False, who="otto"),
    _company("first_for", "leadership"), _company("waiting"),
    _company("moves"),
    Screen("inbox"), Screen("inbox", query="?q=nothing-says-this"),
    Screen("feedback_list"), Screen("feedback", (Feedback,)), Screen("record_feedback"),
    Screen("change_feedback", (Feedback,)),
    Screen("interviews"), Screen("record_interview"), Screen("change_interview", (Interview,)),
    Screen("intelligence"), Screen("intelligence_piece", (Intelligence,)), Screen("record_intelligence"),
    Screen("change_intelligence", (Intelligence,)),
    Screen("feeds"), Screen("follow_feed"), Screen("change_feed", (Feed,)),
    Screen("asks"), Screen("asks", who="sol"), Screen("ask", (Ask,)), Screen("record_ask", who="sol"),
    Screen("change_ask", (Ask,), who="sol"),
    Screen("opportunities"), Screen("opportunities", query="?view=tree"), Screen("opportunities", query="?view=map"),
    Screen("opportunity", (Opportunity,)), Screen("opportunity_new"), Screen("opportunity_change", (Opportunity,)),
    Screen("opportunity_mentions", (Opportunity,)), Screen("mention_change", (Opportunity, Mention)),
    Screen("themes"), Screen("demand_studies"), Screen("demand_study", (DemandStudy,)),
    Screen("options"), Screen("option", (Option,)), Screen("new_option"), Screen("edit_option", (Option,)),
    Screen("option_case", (Option,)),
    Screen("portfolio"), Screen("plan", (PortfolioStudy,)), Screen("people"),
    Screen("pitch", status=404),  # one more person is worth nothing to so small a company
    Screen("roadmap"), Screen("roadmap", query="?for=leadership"), Screen("roadmap", query="?for=sales"),
    Screen("roadmap", query="?for=customers"), Screen("roadmap", query="?for=development"),
    Screen("roadmap", query="?view=groups"), Screen("move_on_roadmap", (Decision,), query="?starts=2027-04-01"),
    Screen("word_for_roadmap", (Option, "customers")), Screen("word_for_roadmap", (Option, "sales")),
    Screen("briefs"), Screen("brief", ("development",)), Screen("brief", ("customers",)),
    Screen("brief", ("leadership",)),
    Screen("brief", ("functions",), who="otto"), Screen("write_brief", ("development",), query="?part=lead"),
    Screen("send_brief", ("development",)), Screen("print_brief", ("functions",)), Screen("sending", (BriefSending,)),
    Screen("drift"), Screen("write_note"), Screen("drift_note", (DriftNote,)),
    Screen("decisions"), Screen("decision", (Decision,)), Screen("new_decision", query="?option={option}"),
    Screen("forecast"), Screen("forecast", query="?remaining=12&start=2026-03-02"),
    Screen("development"), Screen("items"), Screen("items", query="?q=nothing-says-this"), Screen("item", (WorkItem,)),
    Screen("item_new"), Screen("item_change", (WorkItem,)), Screen("teams"), Screen("team_change", (Team,)),
    Screen("definitions"), Screen("definition", (Definition,)), Screen("definition", (Definition,), who="otto"),
    Screen("edit_definition", (Definition,)), Screen("publish_definition", (Definition,)),
    Screen("ask_for_sign_off", (Definition,)), Screen("definition_changes", (Definition,)),
    Screen("definition_changes", (Definition,), query="?from=1&to="), Screen("definition_document", (Definition,)),
    Screen("new_requirement", (Definition,)), Screen("requirement", (Definition, Requirement)),
    Screen("launches"), Screen("launches", query="?which=launched"), Screen("new_launch"), Screen("launch", (Launch,)),
    Screen("launch", (Launch,), who="otto"), Screen("change_launch", (Launch,)), Screen("move_launch", (Launch,)),
    Screen("call_off_launch", (Launch,)), Screen("meeting", (Launch,)), Screen("meeting", (Launch,), who="otto"),
    Screen("commitments"), Screen("commitments", who="otto"), Screen("new_commitment", (Launch,)),
    Screen("commitment", (Launch, Commitment)), Screen("commitment", (Launch, Commitment), who="otto"),
    Screen("change_commitment", (Launch, Commitment)), Screen("new_measure", (Launch,)),
    Screen("measure", (Launch, LaunchMeasure)), Screen("measure_result", (Launch, LaunchMeasure)),
    Screen("campaigns"), Screen("campaigns", query="?state=stopped"), Screen("campaign", (Campaign,)),
    Screen("campaign_new"), Screen("campaign_new", query="?launch={launch}"), Screen("campaign_change", (Campaign,)),
    Screen("new_document", (Launch,)), Screen("document", (Launch, Collateral)),
    Screen("change_document", (Launch, Collateral)), Screen("print_document", (Launch, Collateral)),
    Screen("kpis"), Screen("kpis", who="sol"), Screen("kpi", (KPI,)), Screen("new_kpi"), Screen("change_kpi", (KPI,)),
    Screen("proposals"), Screen("proposals", query="?state="), Screen("proposal", (Proposal,)),
    Screen("new_proposal"), Screen("change_proposal", (Proposal,)),
    Screen("promises"), Screen("attribute", (Decision,)), Screen("calibration"), Screen("calibration", query="?of=all"),
    Screen("cohorts"),
    Screen("inlife"), Screen("inlife", query="?by=month&against=last-year"), Screen("inlife", who="leda"),
    Screen("ledger_forecast"), Screen("ledger_entries"), Screen("ledger_entries", query="?kind=forecast"),
    Screen("new_ledger_entry"), Screen("ledger_entry", (LedgerEntry,)), Screen("change_ledger_entry", (LedgerEntry,)),
    Screen("ledger_versions"), Screen("ledger_version", (LedgerVersion,)), _company("earnings"),
    Screen("trackers"), Screen("trackers", who="sol"), Screen("tracker_new"), Screen("tracker", (Tracker,)),
    Screen("tracker_change", (Tracker,)), Screen("pull", (Pull,)),
    Screen("suppliers"), Screen("supplier", (Supplier,)), Screen("supplier_new"),
    Screen("supplier_change", (Supplier,)),
    Screen("supplier_contact_new", (Supplier,)), Screen("supplier_contact", (Supplier, SupplierContact)),
    Screen("quote_new", (Supplier,)), Screen("quote", (Quote,)),
    Screen("milestone_new", (Supplier,)), Screen("milestone", (Milestone,)), Screen("milestone_change", (Milestone,)),
    _company("supplying", who="kit"), _company("account", who="kit"),
    Screen("moderation"), Screen("moderation", query="?which=public"), Screen("moderation", who="sol"),
    Screen("staff_idea", (Idea,)), Screen("portal_settings"), Screen("changelog"), Screen("new_entry"),
    Screen("changelog_entry", (ChangelogEntry,)), Screen("told"), Screen("tell", (Opportunity,)),
    _company("portals", who=None), _public("portal"), _public("portal_ideas"), _public("portal_idea", Idea),
    Screen("portal_ideas", ("tideline",), "?q=nothing-says-this", of_product=False, who=None),
    _public("portal_coming"), _public("portal_new"), _public("portal_entry", ChangelogEntry), _public("portal_how"),
    _public("portal_say"), _public("portal_vote", Idea), _public("portal_comment", Idea), _public("portal_news"),
    _public("portal_follow", Idea), _company("portal_me", who=None),
    Screen("portal_confirm", ("none-of-ours",), of_product=False, who=None, status=404),
    Screen("portal_unsubscribe", ("none-of-ours",), of_product=False, who=None, status=404),
    Screen("portal_enter", of_product=False),
    Screen("portal_own_comment", ("tideline", Idea, IdeaComment), of_product=False, who=None, status=404),
    Screen("trace", ("{opportunity}",)), Screen("trace", ("{workitem}",)),
    Screen("market"), Screen("new_segment"), Screen("market_size", (Segment,)),
    Screen("new_competitor"), Screen("change_competitor", (Competitor,)), Screen("competitor", (Competitor,)),
    Screen("our_offers"), Screen("new_offer"), Screen("offer", (Offer,)), Screen("change_offer", (Offer,)),
    Screen("change_price", (Offer, Price)), Screen("comparison"), Screen("need_standing", (Opportunity,)),
    Screen("requirement_comparison"), Screen("requirement_standing", (Requirement,)),
    Screen("battlecard", (Competitor,)), Screen("print_battlecard", (Competitor,)),
    Screen("won_and_lost"), Screen("won_and_lost", query="?period=ever"),
    Screen("accounts"), Screen("new_account"), Screen("account_page", (Account,)), Screen("change_account", (Account,)),
    Screen("new_contact", (Account,)), Screen("change_contact", (Account, Contact)),
    Screen("deals"), Screen("new_deal"), Screen("deal", (Deal,)), Screen("change_deal", (Deal,)),
    Screen("close_deal", (Deal,)),
    _company("imports"), _company("import_new"), _company("import_page", Import),
    _company("settings"), _company("settings_people"), _company("invite_person"), _company("settings_person", User),
    _company("settings_products"), _company("new_product"), _company("settings_product", Product),
    _company("settings_lists"), _company("new_listed", "segments"), _company("change_listed", "segments", Segment),
    _company("settings_launches"), _company("new_launch_template"), _company("launch_template", LaunchTemplate),
    _company("change_launch_template", LaunchTemplate), _company("new_template_line", LaunchTemplate),
    _company("change_template_line", LaunchTemplate, TemplateLine), _company("paste_template_lines", LaunchTemplate),
    _company("exports"),
    _company("practice"), _company("practice", who="otto"), _company("method", "calibration"),
    _company("exports"), _company("webhooks"), _company("webhook_new"), _company("webhook", Webhook),
    _company("webhook_change", Webhook),
    _company("account"), _company("audit"), _company("patterns"),
    _company("account_login", who=None), _company("account_logout"),
    _company("mfa_index"), _company("mfa_activate_totp"), _company("mfa_add_webauthn"),
    _company("mfa_index", who="otto"), _company("mfa_view_recovery_codes", who="otto"),
    _company("mfa_generate_recovery_codes", who="otto"), _company("mfa_deactivate_totp", who="otto"),
    _company("account_reauthenticate"), _company("mfa_reauthenticate", who="otto"),
    _company("account_change_password"), _company("account_inactive", who=None),
    Screen("welcome", ("not-an-invitation",), of_product=False, who=None, status=404),
)  # fmt: skip

NO_SCREEN = {
    "portal_similar": "a part of the portal's pages",
    "portal_feed": "a feed",
    "portal_me_json": "data",
    "portal_leave": "a button of a visitor's own page",
    "portal_erase": "a button of a visitor's own page",
    "webhook_secret": "a button of the webhook's page",
    "export_progress": "a part of the page of exports",
    "export_download": "a file",
    "start_definition": "a button of the option's page",
    "preview_definition": "a part of the page on which a definition is written",
    "definition_as": "a file",
    "brief_as": "a file",
    "stop_digest": "behind a signed link of a letter; tests/stages/briefs/test_digests.py opens it",
    "do": "a button",
    "campaign_result": "a form of the campaign's page",
    "kpi_reading": "a form of the KPI's page",
    "take_up": "a button of the proposals",
    "settle_proposal": "buttons of the proposal's page",
    "supplier_invite": "a button of the supplier's page",
    "supplying_quote": "a form of the supplier's own page",
    "supplying_milestone": "a form of the supplier's own page",
    "find": "what the palette asks",
    "mcp": "the agents' door",
    "mfa_authenticate": "between the password and the first page; test_door.py goes through it",
    "mfa_reauthenticate_webauthn": "asks for the key that a browser has; test_door.py has one",
    "mfa_list_webauthn": "leads to the page of the second factor",
    "mfa_remove_webauthn": "a question about one key; test_door.py answers it",
    "mfa_download_recovery_codes": "a file",
    "oidc_login": "leads to the identity provider; without one it is not there",
    "oidc_callback": "where the provider leads back to",
    "like": "what a field asks while it is written in",
    "patterns_found": "the same, of the patterns",
    "make_token": "a button of the account's page",
    "switch_person": "a button of the sample company",
    "import_match": "a form of the import's page",
    "import_undo": "a button of the import's page",
    "import_discard": "a button of the import's page",
    "import_progress": "a part of the import's page",
    "study_progress": "a part of a page",
    "pull_progress": "a part of the pull's page",
    "set_upkeep_words": "a button of the teams' page",
    "option_progress": "a part of the option's page",
    "plan_progress": "a part of the portfolio",
    "forecast_progress": "a part of the forecast",
    "ledger_progress": "a part of the P&L",
    "drift_line": "a part of the page of development",
    "beneath_pnl": "a part of the P&L",
    "market_heard": "numbers of the market's page",
    "ask_for_plan": "a button of the portfolio",
    "option_driver": "a row of the option's page",
    "option_effort": "a row of the option's page",
    "option_study": "data",
    "plan_json": "data",
    "demand_study_inputs": "data",
    "demand_study_result": "data",
    "launch_calendar": "a file",
    "battlecard_as": "a file",
    "document_as": "a file",
    "template_checklist": "a file",
}
OTHERS = ("account_", "api:")  # allauth's own pages that people do not come to by invitation; the programs' door


def names() -> Iterator[str]:
    """The name of every address, those below the REST API's with its name before."""
    yield from _names(get_resolver(), "")


def _names(resolver: URLResolver, space: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield space + pattern.name


def screens(choose: Callable[[Screen], bool] = lambda _: True) -> list[Screen]:
    return [screen for screen in SCREENS if choose(screen)]
