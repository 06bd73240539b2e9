"""Documents that our own people use."""

from __future__ import annotations

from clearspan.catalogue.models import Competitor
from clearspan.stages.launch.drafts.facts import Facts, Part
from clearspan.stages.launch.drafts.text import document, gap, items, of_each, said, section, told

CAN = (
    "say in three sentences for whom it is and what it changes",
    "show it",
    "say what it does not do",
    "answer the questions below",
)


def battlecard(facts: Facts) -> str:
    """What to say against each alternative, and what not to."""
    return document(
        f"Battlecard: {facts.launch.title}",
        told(facts, "What they would do instead", "alternative"),
        told(facts, "Why it is different", "difference"),
        told(facts, "What proves it", "proof"),
        *(_against(one) for one in facts.competitors),
        "" if facts.competitors else section("Against whom", gap(f"No competitor of {facts.product} is known.")),
        told(facts, "What not to promise", "left_out"),
        section("What they will ask", gap("Write the three hardest questions, and the answers that held.")),
    )  # fmt: skip


def training(facts: Facts) -> str:
    """What somebody must know and have tried before telling or helping others."""
    return document(
        f"Training: {facts.launch.title}",
        section("After this you can", items(CAN)),
        section("The story", of_each(facts, _story)),
        section("Show it", of_each(facts, _demonstration)),
        told(facts, "What it does not do", "left_out"),
        section("Questions to yourself", of_each(facts, _questions)),
        section("Whom to ask", gap("Name who answers questions about it, and where.")),
    )  # fmt: skip


def runbook(facts: Facts) -> str:
    """What to watch, what to do, whom to wake."""
    return document(
        f"Runbook: {facts.launch.title}",
        told(facts, "What it is", "outcome"),
        section("What must hold", of_each(facts, _must_hold)),
        section("What to watch", of_each(facts, _watch), gap("Name each signal, where it is seen, and what is bad.")),
        section("Switch it on, switch it off", gap("Write the steps, how long they take, and what customers notice.")),
        section("When it fails", gap("For each way to fail: how it is noticed, what to do first, what to do then.")),
        section("Bring it back", gap("Write how data is restored, to what moment, and when that was last tried.")),
        section("Whom to wake", gap("Name who is on duty, who decides to switch it off, and who tells customers.")),
    )  # fmt: skip


def _against(competitor: Competitor) -> str:
    return section(
        f"Against {competitor.name}",
        f"**Where they are better.** {competitor.strengths.strip()}"
        if competitor.strengths.strip()
        else gap(f"Nobody has written where {competitor.name} is better. Say it before the customer does."),
        f"**Where we are better.** {competitor.weaknesses.strip()}"
        if competitor.weaknesses.strip()
        else gap(f"Nobody has written where we are better than {competitor.name}."),
        f"**What to say to that.** {competitor.reply.strip()}" if competitor.reply.strip() else "",
        f"**Questions a buyer should put to them.**\n\n{competitor.landmines.strip()}"
        if competitor.landmines.strip()
        else "",
    )


def _story(part: Part) -> str:
    return "\n\n".join(said(part, name) for name in ("audience", "problem", "outcome"))


def _demonstration(part: Part) -> str:
    wanted = part.requirements("must", "should")
    if not wanted:
        return gap(f"No requirement says what can be shown of {part.title}.")
    return "\n".join(
        "\n".join([f"{i}. {one.title}", *(f"   - {criterion}" for criterion in one.criteria)])
        for i, one in enumerate(wanted, 1)
    )


def _questions(part: Part) -> str:
    asked = [
        f"Who needs {part.title}, and who does not?",
        "What did they do until now, and what did it cost them?",
        "What do we do better than what they would take instead, and what shows it?",
        "What will a customer expect that it does not do?",
    ]
    return items(asked)


def _must_hold(part: Part) -> str:
    wanted = part.requirements("must")
    if not wanted:
        return gap(f"No requirement says what must hold of {part.title}.")
    return "\n".join(
        "\n".join([f"- {one.title} ({one.ref})", *(f"  - {criterion}" for criterion in one.criteria)]) for one in wanted
    )


def _watch(part: Part) -> str:
    return items([part.content.measured]) if part.content.measured else gap(f"{part.title} has no measure yet.")
