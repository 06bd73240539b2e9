"""The sample company as rows."""

from __future__ import annotations

import pytest
from django.db.models import Count

from clearspan.catalogue.models import Account, Competitor, Contact, Deal, MarketSize, Product, ProductRole
from clearspan.core.actor import Actor
from clearspan.core.models import Event, User
from clearspan.interfaces.sample.content import load
from clearspan.interfaces.sample.rows import Rows
from clearspan.stages.evidence.models import Ask, Feedback, Intelligence, Interview
from clearspan.stages.opportunities.models import Mention, Opportunity
from tests.interfaces.sample.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_every_person_is_there_and_every_product_has_a_manager(company: Rows) -> None:
    names = {row["name"] for row in load("company")["person"]}
    assert names <= set(User.objects.values_list("name", flat=True))
    managed = ProductRole.objects.filter(role__name="Product manager").values_list("product__key", flat=True)
    assert set(managed) == {"rimewatch", "bayslot", "lotbook"}


def test_every_kind_of_function_has_somebody(company: Rows) -> None:
    kinds = {Actor(person).kind for person in User.objects.select_related("function").filter(function__isnull=False)}
    assert kinds == {"product", "development", "sales", "leadership", "other"}


def test_the_products_are_in_different_stages_of_life(company: Rows) -> None:
    assert set(Product.objects.values_list("stage__name", flat=True)) == {"Growing", "Introduced", "Declining"}


def test_a_customer_sees_their_own_account_and_nothing_else(company: Rows) -> None:
    hattie = Actor(User.objects.get(name=load("company")["customer"]["name"]))
    assert Account.objects.visible_to(hattie).count() == 1
    assert not Opportunity.objects.visible_to(hattie).exists()


def test_four_hundred_accounts_have_people_and_different_names(company: Rows) -> None:
    assert Account.objects.count() == 404
    assert Account.objects.values("name").distinct().count() == 404
    assert not Account.objects.annotate(people=Count("contacts")).filter(people=0).exists()
    assert 0.5 < Account.objects.filter(is_customer=True).count() / 404 < 0.8


def test_no_address_leads_to_anybody(company: Rows) -> None:
    addresses = [*Contact.objects.values_list("email", flat=True), *User.objects.values_list("email", flat=True)]
    assert all(address.endswith(".example") and address.isascii() and " " not in address for address in addresses)


def test_every_product_knows_its_market_and_whom_it_is_up_against(company: Rows) -> None:
    assert MarketSize.objects.exclude(source="").count() == 18
    assert all(Competitor.objects.filter(product=product).count() >= 2 for product in Product.objects.all())
    assert all(Intelligence.objects.filter(product=product).count() >= 3 for product in Product.objects.all())


def test_links_carry_the_quote_and_who_made_them(company: Rows) -> None:
    mentions = Mention.objects.select_related("feedback")
    assert mentions.count() > 300
    assert all(mention.quote in mention.feedback.text and mention.linked_by_id for mention in mentions)


def test_nothing_that_waits_is_linked_and_copies_name_their_original(company: Rows) -> None:
    assert not Mention.objects.filter(feedback__state=Feedback.State.NEW).exists()
    assert Feedback.objects.filter(state=Feedback.State.COPY).exists()
    assert not Feedback.objects.filter(state=Feedback.State.COPY, copy_of=None).exists()
    assert not Feedback.objects.exclude(state=Feedback.State.COPY).exclude(copy_of=None).exists()


def test_every_interview_says_who_held_it(company: Rows) -> None:
    interviews = Feedback.objects.filter(channel=Feedback.Channel.INTERVIEW)
    assert Interview.objects.exclude(held_by=None).count() == interviews.count()


def test_the_loud_prospect_waits_for_an_answer(company: Rows) -> None:
    deal = Deal.objects.get(account__name="Gallowmere Cold Freight", product__key="rimewatch")
    assert deal.state == Deal.State.OPEN
    assert not deal.account.is_customer
    assert deal.asks.filter(state=Ask.State.OPEN, is_condition=True).exists()


def test_deals_are_open_won_and_lost_and_closed_ones_say_why(company: Rows) -> None:
    assert {"open", "won", "lost"} == set(Deal.objects.values_list("state", flat=True))
    assert not Deal.objects.exclude(state="open").filter(reason="").exists()
    assert not Deal.objects.filter(state="open", closes_on__lt=TODAY).exists()


def test_an_asks_words_count_as_evidence_of_a_need(company: Rows) -> None:
    assert Ask.objects.exists()
    assert not Ask.objects.filter(feedback__mentions=None).exists()
    assert not Ask.objects.filter(state=Ask.State.ANSWERED, answer="").exists()


def test_rows_of_the_past_were_made_in_the_past(company: Rows) -> None:
    for model in (Feedback, Mention, Opportunity, Deal):
        assert model.objects.order_by("created_at").first().created_at.date() < TODAY


def test_people_have_done_things_that_can_be_undone(company: Rows) -> None:
    assert {"link_evidence", "put_away", "undo", "comment"} <= set(Event.objects.values_list("action", flat=True))
    assert Event.objects.exclude(undone_by=None).exists()
    assert not Event.objects.filter(person=None).exists()
