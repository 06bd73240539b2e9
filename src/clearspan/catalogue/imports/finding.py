"""What staged rows refer to: accounts, segments and products, found by their names whatever case and spaces they have.

The key of a name is the name in lower case without spaces: "GTX Pro" and "GTXPro" are one.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clearspan.catalogue.models import Account, MarketSize, Product, Segment
from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Option
from clearspan.core.imports.staging import Staging


def key_of(name: str) -> str:
    """The key by which names are compared, as the database makes it too."""
    return "".join(name.split()).lower()


# --- what is asked once for a file ----------------------------------------------------------------------------------


def product_option(help: str, required: bool = True) -> Option:
    return Option("product", "Product", help, required, choices=_products)


SEGMENT = Option(
    "segment",
    "Segment of new accounts",
    "Accounts that are not here yet are made in this segment; the segment too, if it is new.",
    suggests=lambda actor: [segment.name for segment in Segment.objects.visible_to(actor)],
)
MARKET_ACCOUNTS = Option(
    "market_accounts",
    "Accounts of that segment in the whole market",
    "Customers or not. With it a need is a share of the market, not of those who wrote.",
)
MARKET_VALUE = Option(
    "market_value", "What one such account is worth a year", "Revenue or potential, in the company's currency."
)


def _products(actor: Actor) -> Sequence[tuple[str, str]]:
    return [(product.key, product.name) for product in Product.objects.visible_to(actor).filter(is_archived=False)]


def product_of(actor: Actor, options: Mapping[str, str], required: bool = True) -> Product | None:
    """The product that was chosen, by its key. Raises Invalid."""
    wanted = options.get("product", "")
    visible = Product.objects.visible_to(actor).filter(is_archived=False)
    if not wanted and not required:
        return None
    product = visible.filter(key=wanted).first() or next(
        (one for one in visible if key_of(one.name) == key_of(wanted)), None
    )
    if product is None:
        there = ", ".join(one.key for one in visible) or "none yet"
        raise Invalid(
            {
                "product": f"say which product; there are {there}"
                if not wanted
                else f"there is no product “{wanted}”; there are {there}"
            }
        )
    return product


def segment_of(options: Mapping[str, str]) -> Segment | str | None:
    """The segment that was chosen, or the name of one that is to be made."""
    wanted = " ".join(options.get("segment", "").split())
    if len(wanted) > 80:
        raise Invalid({"segment": "a segment's name has at most 80 characters"})
    known = {key_of(segment.name): segment for segment in Segment.objects.all()}
    return known.get(key_of(wanted), wanted) or None


def market_of(options: Mapping[str, str]) -> tuple[int, float] | None:
    """(accounts in the market, what one is worth a year), when both were said. Raises Invalid."""
    given = [options.get("market_accounts", ""), options.get("market_value", "")]
    if not any(given):
        return None
    try:
        accounts, value = int(given[0].replace(",", "")), float(given[1].replace(",", ""))
    except ValueError:
        raise Invalid(
            {"market_accounts": "the market's size takes two numbers: accounts, and what one is worth a year"}
        ) from None
    if not (0 < accounts < 2**31 and 0 <= value < 10**12):
        raise Invalid({"market_accounts": "the number of accounts is above 0, and what one is worth not below"})
    return accounts, value


# --- accounts -------------------------------------------------------------------------------------------------------


def whose(values: Mapping[str, Any]) -> str | None:
    """What a row says of its account, as one text to join by: the staged field `whose`."""
    name, identity = values.get("account"), values.get("account_id")
    return f"{name or ''}\x1f{identity or ''}" if name or identity else None


def find_accounts(staging: Staging) -> None:
    """Finds the account each staged row names (`account`, a name, and `account_id`, its identity elsewhere) into `who`.

    An identity is looked for first, then the name; a name may also be an identity. What is not here is counted as made.
    """
    staging.execute("DROP TABLE IF EXISTS pg_temp.who")
    staging.execute(
        r"""CREATE TEMP TABLE who ON COMMIT DROP AS
        SELECT DISTINCT whose, account AS name, account_id AS external, NULL::bigint AS found,
            lower(regexp_replace(coalesce(account, account_id), '\s', '', 'g')) AS key
        FROM staged WHERE whose IS NOT NULL"""
    )
    staging.execute("ANALYZE who")
    _match(staging)
    ((new,),) = staging.query(
        """SELECT count(DISTINCT external) + count(DISTINCT key) FILTER (WHERE external IS NULL AND NOT EXISTS
            (SELECT 1 FROM who o WHERE o.found IS NULL AND o.external IS NOT NULL AND o.key = w.key))
        FROM who w WHERE found IS NULL"""
    )
    if new:
        staging.made["accounts"] = new


def make_accounts(staging: Staging, is_customer: bool = True) -> None:
    """Makes the accounts that were not found, in the segment that was chosen."""
    segment = make_segment(staging)
    values = {"file": staging.file.pk, "segment": segment.pk if segment else None, "customer": is_customer}
    insert = """INSERT INTO catalogue_account
        (created_at, external_id, name, value, is_customer, note, brought_by_id, segment_id)
        SELECT DISTINCT ON ({identity}) now(), coalesce(external, ''), left(coalesce(name, external), 160), 0,
            %(customer)s, '', %(file)s, %(segment)s
        FROM who WHERE found IS NULL AND {which} ORDER BY {identity}, name"""
    made = staging.execute(insert.format(identity="external", which="external IS NOT NULL"), values)
    _match(staging)  # a name without an identity may be the name of one that was just made
    made += staging.execute(insert.format(identity="key", which="external IS NULL"), values)
    _match(staging)
    staging.look_again(Account, made)
    if made:
        staging.made["accounts"] = made


def _match(staging: Staging) -> None:
    by_identity = (
        "UPDATE who w SET found = a.id FROM catalogue_account a WHERE w.found IS NULL AND a.external_id <> '' AND "
    )
    staging.execute(by_identity + "a.external_id = w.external")
    staging.execute(by_identity + "a.external_id = w.name AND w.external IS NULL")
    staging.execute(
        r"""UPDATE who w SET found = CASE WHEN w.external IS NULL THEN a.any ELSE a.free END
        FROM (SELECT lower(regexp_replace(name, '\s', '', 'g')) AS key, min(id) AS any,
                min(id) FILTER (WHERE external_id = '') AS free
              FROM catalogue_account GROUP BY 1) a
        WHERE w.found IS NULL AND w.name IS NOT NULL AND a.key = w.key"""
    )


# --- segments -------------------------------------------------------------------------------------------------------


def make_segment(staging: Staging) -> Segment | None:
    """The segment that was chosen, made when it is new, with its market size when that was said."""
    segment = staging.chosen.get("segment")
    if isinstance(segment, str):
        (segment,) = make_segments(staging, [segment])
    if segment is not None and staging.chosen.get("market"):
        _make_size(staging, segment)
    return segment


def make_segments(staging: Staging, names: Iterable[str]) -> list[Segment]:
    """Makes segments, and writes down which, as they have no import of their own to name."""
    position = Segment.objects.count()
    made = [Segment.objects.create(name=name, position=position + at) for at, name in enumerate(names)]
    if made:
        staging.brought.setdefault(Segment._meta.db_table, []).extend(segment.pk for segment in made)
        staging.made["segments"] = staging.made.get("segments", 0) + len(made)
    return made


def _make_size(staging: Staging, segment: Segment) -> None:
    product: Any = staging.chosen["product"]
    accounts, value = staging.chosen["market"]
    there = MarketSize.objects.filter(product=product, segment=segment).first()
    if there is not None:
        if (there.accounts, float(there.value_per_account)) != (accounts, value):
            staging.notes.append(
                f"{segment} has a market size already ({there.accounts:,} accounts at {there.value_per_account:,}); "
                "it stands."
            )
        return
    MarketSize.objects.create(
        product=product, segment=segment, accounts=accounts, value_per_account=value,
        source=f"said when {staging.file.name} was imported"[:200], brought_by=staging.file,
    )  # fmt: skip


def lookalikes(found: Iterable[str], known: Iterable[str]) -> list[tuple[str, str]]:
    """(as written, what it may mean) for names nearly like a known one, or like one found before, which is commoner."""
    keys = {key_of(name): name for name in known}
    pairs = []
    for name in found:
        close = difflib.get_close_matches(key_of(name), keys, n=1, cutoff=0.86)
        if close and close[0] != key_of(name):
            pairs.append((name, keys[close[0]]))
        keys.setdefault(key_of(name), name)
    return pairs
