"""Documents that customers read."""

from __future__ import annotations

from clearspan.stages.launch.drafts.facts import Facts, Part, Price
from clearspan.stages.launch.drafts.text import document, gap, items, of_each, section, sentence, told


def sales_sheet(facts: Facts) -> str:
    """One page that a salesperson hands over."""
    return document(
        f"{facts.launch.title}, with {facts.product}",
        of_each(facts, _in_one_breath),
        told(facts, "Whom it is for", "audience"),
        told(facts, "What is hard today", "problem"),
        told(facts, "What changes", "outcome"),
        told(facts, "Why ours", "difference"),
        told(facts, "What shows it", "proof"),
        section("What it costs", _price_in_a_sentence(facts)),
        section("How to begin", gap("Say whom a customer calls, what is signed, and how long it takes.")),
    )  # fmt: skip


def price_list(facts: Facts) -> str:
    """What is charged, from when, and what may be given away. A case's price is an assumption and is said to be one."""
    rows = [
        f"| {part.title} | {price.likely_words} | {price.unit or 'not said'} | {facts.day:%-d %B %Y} |"
        for part in facts.parts
        for price in part.prices
    ]
    assumed = [_assumption(part, price) for part in facts.parts for price in part.prices]
    priceless = [part.title for part in facts.parts if not part.prices]
    head = ["| What | Price | Per | From |", "| --- | --- | --- | --- |"] if rows else []
    return document(
        f"Price list: {facts.launch.title}",
        section(
            "Prices", "\n".join([*head, *rows]), *assumed,
            *(gap(f"No business case names a price of {title}: set one.") for title in priceless),
            "" if facts.parts else gap("This launch brings no option yet, so nothing has a price."),
        ),
        section("Discounts", gap("Say who may give how much for what, and who must be asked for more.")),
        section("Customers who have it already", gap("Say what they pay from that day, and what they were promised.")),
        section("How it is invoiced", gap("Say in what period, in advance or after, and under which item.")),
    )  # fmt: skip


def support_article(facts: Facts) -> str:
    """What a customer looks up."""
    return document(
        f"Using {facts.launch.title}",
        told(facts, "What it does", "outcome"),
        told(facts, "Who has it", "audience"),
        section("How to", of_each(facts, _steps)),
        told(facts, "What it does not do", "left_out"),
        section("When something is wrong", gap("Name the three likely faults, what a customer sees, and what helps.")),
    )  # fmt: skip


def release_notes(facts: Facts) -> str:
    """What is better, for whom, in their words."""
    return document(
        f"New in {facts.product}: {facts.launch.title}",
        f"From {facts.day:%-d %B %Y}.",
        told(facts, "What is better", "outcome"),
        told(facts, "For whom", "audience"),
        section("What is new", of_each(facts, _news)),
        told(facts, "Not in it", "left_out"),
    )  # fmt: skip


def _in_one_breath(part: Part) -> str:
    if not part.content.outcome:
        return gap(f"Nobody has written what {part.title} changes for a customer.")
    return f"**{sentence(part.content.outcome)}**"


def _price_in_a_sentence(facts: Facts) -> str:
    prices = [(part, price) for part in facts.parts for price in part.prices]
    if not prices:
        return gap("No price is known: the business case names none.")
    words = items(price.likely_for for _, price in prices)
    return f"{words}\n\n{gap('This is what the business case reckons with. Set the price, and write it here.')}"


def _assumption(part: Part, price: Price) -> str:
    return gap(
        f"The price of {part.title} is the business case’s “{price.name}” (version {price.case}): {price.words}."
        " Decide the price, and take this line out."
    )


def _steps(part: Part) -> str:
    wanted = part.requirements("must", "should")
    if not wanted:
        return gap(f"No requirement says what one does with {part.title}.")
    return "\n\n".join(
        "\n\n".join(
            filter(
                None,
                [
                    f"**{one.title}**",
                    one.text.strip(),
                    gap(f"Write the steps of “{one.title}”, with the real screens."),
                ],
            )
        )
        for one in wanted
    )


def _news(part: Part) -> str:
    wanted = part.requirements("must", "should")
    return items(one.title for one in wanted) or gap(f"No requirement says what is new in {part.title}.")
