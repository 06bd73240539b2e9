"""A vote is one person's, whatever they type and however often they press."""

from __future__ import annotations

import pytest
from django.test import Client

from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.actions import link_evidence, unlink_evidence
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.portal.addresses import company_domain, key_of
from clearspan.stages.portal.models import Idea, IdeaVote, Visitor
from tests.stages.portal.small import confirms, known, letters, open_portal, public_idea, read_form, sends
from tests.world import World


@pytest.fixture
def idea(world: World) -> Idea:
    open_portal(world)
    return public_idea(world)


def votes(idea: Idea) -> int:
    idea.refresh_from_db()
    return idea.votes


def vote(browser: Client, idea: Idea, address: str = "ada@quay.example", **fields: str) -> object:
    return sends(browser, f"ideas/{idea.pk}/vote", address=address, **fields)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada@Quay.example", "ada@quay.example"), ("ada+tideline@quay.example", "ada@quay.example"),
        ("a.d.a@gmail.com", "ada@googlemail.com"), ("ada@QUAY.example.", "ada@quay.example"),
        ("ａda@quay.example", "ada@quay.example"), ("ada@bücher.example", "ada@xn--bcher-kva.example"),
    ],
)  # fmt: skip
def test_one_person_has_one_address_however_it_is_written(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_dots_mean_something_where_no_provider_ignores_them() -> None:
    assert key_of("j.doe@quay.example") != key_of("jdoe@quay.example")


def test_an_address_that_everybody_may_have_says_nothing_of_who_one_works_for() -> None:
    assert company_domain("ada@gmail.com") == ""
    assert company_domain("Ada@Quay.example") == "quay.example"


def test_a_strangers_vote_waits_and_counts_when_the_letter_is_answered(idea: Idea, client: Client) -> None:
    assert vote(client, idea).status_code == 200
    assert votes(idea) == 0
    assert confirms(Client(), letters()[0]).status_code == 302
    assert votes(idea) == 1


def test_a_letter_that_a_machine_opens_counts_nothing(idea: Idea, client: Client) -> None:
    from tests.stages.portal.small import link_in

    vote(client, idea)
    client.get(link_in(letters()[0]))
    assert votes(idea) == 0


def test_the_same_person_votes_from_several_browsers_under_several_spellings_and_counts_once(idea: Idea) -> None:
    for address in ("ada@quay.example", "ADA@quay.example", "ada+1@quay.example"):
        vote(Client(), idea, address)
    for letter in letters():
        confirms(Client(), letter)
        confirms(Client(), letter)
    assert votes(idea) == IdeaVote.objects.count() == Visitor.objects.count() == 1


def test_a_form_that_is_sent_again_counts_once(idea: Idea, client: Client) -> None:
    form = read_form()
    assert vote(client, idea, form=form).status_code == 200
    assert vote(client, idea, "bob@quay.example", form=form).status_code == 429
    assert IdeaVote.objects.count() == 1


def test_a_letter_confirms_what_was_sent_with_its_own_form_only(world: World, idea: Idea, client: Client) -> None:
    """Somebody else gives Ada's address: her answering her own letter must not make theirs count."""
    other = public_idea(world, "Tide alarm")
    vote(client, other)
    vote(Client(), idea)
    confirms(Client(), letters()[1])
    assert (votes(idea), votes(other)) == (1, 0)


def test_who_is_known_votes_with_one_press_and_takes_it_back_with_another(idea: Idea) -> None:
    browser, _ = known()
    page = f"/portal/tideline/ideas/{idea.pk}"
    browser.post(f"{page}/vote", {"want": "1"})
    browser.post(f"{page}/vote", {"want": "1"})  # a double click
    assert votes(idea) == 1
    assert 'aria-pressed="true"' in browser.get(page).content.decode()
    browser.post(f"{page}/vote")
    assert votes(idea) == 0
    assert not Feedback.objects.filter(title__startswith="Vote:").exists()


def test_a_button_pressed_by_a_stranger_leads_to_who_it_is(idea: Idea, client: Client) -> None:
    answer = client.post(f"/portal/tideline/ideas/{idea.pk}/vote", {"want": "1"})
    assert answer.status_code == 302
    assert IdeaVote.objects.count() == 0


def test_a_vote_is_an_occasion_of_evidence_of_the_voters_account(world: World, idea: Idea) -> None:
    world.northmole.contacts.create(name="Bo", email="bo@northmole.example")
    need = Opportunity.objects.create(product=world.tideline, title="Know who lies where")
    link_evidence(world.ines, opportunity=need, feedback=[idea.feedback])
    browser, _ = known("ida@northmole.example")
    browser.post(f"/portal/tideline/ideas/{idea.pk}/vote", {"want": "1"})
    heard = Feedback.objects.get(title=f"Vote: {idea.title}")
    assert (heard.account, heard.channel, heard.state) == (world.northmole, "portal", "sorted")
    assert list(Mention.objects.filter(feedback=heard).values_list("opportunity", flat=True)) == [need.pk]


def test_votes_speak_of_what_their_idea_is_linked_to_later_and_no_more_when_it_is_not(world: World, idea: Idea) -> None:
    browser, _ = known()
    browser.post(f"/portal/tideline/ideas/{idea.pk}/vote", {"want": "1"})
    need = Opportunity.objects.create(product=world.tideline, title="Know who lies where")
    link_evidence(world.ines, opportunity=need, feedback=[idea.feedback])
    assert need.mentions.count() == 2
    unlink_evidence(world.ines, opportunity=need, feedback=[idea.feedback])
    assert need.mentions.count() == 0


def test_another_sites_form_cannot_vote(idea: Idea) -> None:
    browser, _ = known()
    answer = browser.post(
        f"/portal/tideline/ideas/{idea.pk}/vote", {"want": "1"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert browser.cookies["portal"]["samesite"] == "Lax"
    assert votes(idea) == 0


def test_people_of_the_company_do_not_vote(world: World, idea: Idea, client: Client) -> None:
    vote(client, idea, "otto@example.org")
    assert confirms(Client(), letters()[0]).status_code == 422
    assert votes(idea) == 0
