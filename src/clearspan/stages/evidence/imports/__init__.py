"""Evidence from files of other systems: tickets, conversations, forum topics, survey answers, calls."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db.models import Q

from clearspan.catalogue.imports import finding
from clearspan.catalogue.models import Account, MarketSize, Segment
from clearspan.catalogue.rules import anybody_here
from clearspan.core.actions import Invalid, without_keeping
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Brought, Chosen, Kind, Option, register
from clearspan.core.imports.staging import MANY, Staging
from clearspan.stages.evidence.imports import intelligence
from clearspan.stages.evidence.imports.exports import EXPORTS
from clearspan.stages.evidence.imports.fields import FIELDS
from clearspan.stages.evidence.models import Ask, Feedback

BATCH = 50_000
_WORDS = next(index.name for index in Feedback._meta.indexes if isinstance(index, GinIndex))
_TAGS = "left out: needs are found in what was said, not in tags"


class Evidence(Kind):
    """What customers said. What is here already, by its identity or word for word, is not brought in again."""

    name = "evidence"
    label = "Evidence"
    order = 0
    words = ("piece of evidence", "pieces of evidence")
    about = "What customers said: tickets, conversations, forum topics, survey answers, calls."
    fields = FIELDS
    derived = {"whose": "text"}
    options = (
        finding.product_option("What was said is about this product."),
        finding.SEGMENT,
        finding.MARKET_ACCOUNTS,
        finding.MARKET_VALUE,
        Option("channel", "Channel", "Of rows that name none.", default=Feedback.Channel.NOTE,
               choices=lambda actor: [(value, str(label)) for value, label in Feedback.Channel.choices]),
    )  # fmt: skip
    exports = EXPORTS
    ignored = {"tags": _TAGS, "labels": _TAGS, "tag": _TAGS}
    brings = (
        Brought(Feedback, parts=((Ask, "feedback", Q(state=Ask.State.OPEN)),)),
        Brought(MarketSize),
        Brought(Account),
        Brought(Segment),
    )

    def may(self, actor: Actor, chosen: Chosen) -> bool:
        return anybody_here(actor, chosen)

    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        channel = options.get("channel") or Feedback.Channel.NOTE
        if channel not in Feedback.Channel.values:
            raise Invalid(
                {"channel": f"there is no channel “{channel}”; there are {', '.join(Feedback.Channel.values)}"}
            )
        product = finding.product_of(actor, options)
        market = finding.market_of(options)
        segment = finding.segment_of(options)
        if market and segment is None:
            raise Invalid({"segment": "a market size is a segment's: say which segment"})
        return {"product": product, "segment": segment, "market": market, "channel": channel}

    def advise(self, chosen: Chosen, mapped: set[str]) -> Sequence[str]:
        segment = chosen["segment"]
        if not mapped & {"account", "account_id"}:
            return [
                "No column names an account. What no account said counts for no segment: if a column (an author, say) "
                "stands for one, match it to Account."
            ]
        if segment is None:
            return [
                "Accounts that are new come in without a segment. Say one, and the market's size for it, so that a "
                "need's share can be told."
            ]
        if chosen["market"] is None and not _has_size(chosen["product"], segment):
            return [
                f"“{segment}” has no market size for {chosen['product']}: say how many accounts it has in the whole "
                "market and what one is worth a year, here or later under Market."
            ]
        return []

    def complete(self, values: dict[str, Any]) -> None:
        title, text = values.get("title"), values.get("text")
        if not text:
            if not title:
                raise ValueError("Text", "neither a text nor a title", "what was said")
            values["text"], values["title"] = title, None
        values["whose"] = finding.whose(values)
        if not values.get("external_id"):
            said = "\x1f".join(str(values.get(name) or "") for name in ("whose", "author", "said_at", "title", "text"))
            values["external_id"] = f"content:{hashlib.sha256(said.encode()).hexdigest()[:32]}"

    def plan(self, staging: Staging) -> None:
        self._find_deals(staging)
        self._leave_out_what_is_known(staging)
        staging.progress(0.32, "looking for accounts")
        finding.find_accounts(staging)
        staging.execute("CREATE INDEX ON who (whose)")

    def write(self, staging: Staging) -> None:
        without_keeping()
        finding.make_accounts(staging)
        values = {
            "file": staging.file.pk,
            "product": staging.chosen["product"].pk,
            "channel": staging.chosen["channel"],
            "person": staging.actor.person.pk if staging.actor.person else None,
        }
        # Entries for the words wait in the index's own list until there are many: sorted, they cost a third. Of more at
        # a time the tree is walked less often.
        staging.execute("SET LOCAL gin_pending_list_limit = '256MB'")
        staging.execute("SET LOCAL maintenance_work_mem = '384MB'")
        planned, staging.added = staging.added, 0
        staging.progress(0.35, "reading words for the search")
        staging.execute("SET LOCAL max_parallel_workers_per_gather = 8")  # no more come than there are cores
        staging.execute("SET LOCAL parallel_tuple_cost = 0")
        staging.execute(_WORDS_OF)
        staging.execute("SET LOCAL max_parallel_workers_per_gather TO DEFAULT")
        staging.execute("CREATE INDEX ON words (row)")
        for start, end in staging.batches(BATCH, (0.45, 0.99), f"{planned:,} to be added"):
            staging.added += staging.execute(_INSERT, {**values, "start": start, "end": end})
            staging.execute("SET CONSTRAINTS ALL IMMEDIATE")  # so that checks do not pile up until the end
            staging.execute("SET CONSTRAINTS ALL DEFERRED")
        staging.execute("DROP TABLE words")
        if staging.added >= MANY:  # what waits in the list, every search would have to read through
            staging.execute("SELECT gin_clean_pending_list(%(index)s::regclass)", {"index": _WORDS})
        asks = staging.execute(_ASKS, values)
        if asks:
            staging.made["asks"] = asks

    def _leave_out_what_is_known(self, staging: Staging) -> None:
        """Takes out of the staged rows what is here already and what the file repeats: what stays is to be added."""
        ((staged, nobody),) = staging.query("SELECT count(*), count(*) FILTER (WHERE whose IS NULL) FROM staged")
        if nobody and nobody < staged:
            staging.notes.append(f"{nobody:,} of {staged:,} rows name no account: what they say counts for no segment.")
        staging.known = staging.execute(_KNOWN, {"product": staging.chosen["product"].pk})
        repeated = staging.execute(_REPEATED)
        staging.added = staged - staging.known - repeated
        if repeated:
            staging.notes.append(f"{repeated:,} rows repeat an earlier row; the first counts.")
        staging.execute("ANALYZE staged")

    def _find_deals(self, staging: Staging) -> None:
        product = {"product": staging.chosen["product"].pk}
        staging.refuse(
            "deal",
            f"s.deal IS NOT NULL AND NOT EXISTS ({_DEAL})",
            "the identity or name of a deal of this product",
            product,
        )


def _has_size(product: Any, segment: Segment | str) -> bool:
    return isinstance(segment, Segment) and MarketSize.objects.filter(product=product, segment=segment).exists()


_DEAL = """SELECT d.id FROM catalogue_deal d WHERE d.product_id = %(product)s
    AND (d.external_id = s.deal OR lower(d.name) = lower(s.deal)) ORDER BY d.external_id <> s.deal, d.id LIMIT 1"""
_KNOWN = """DELETE FROM staged s USING evidence_feedback f
    WHERE f.product_id = %(product)s AND f.external_id = s.external_id"""
_REPEATED = """DELETE FROM staged s USING (SELECT external_id, min(row) AS first FROM staged
    GROUP BY external_id HAVING count(*) > 1) r WHERE r.external_id = s.external_id AND s.row > r.first"""
# The costliest part of a row, made on every core before they are written by one: PostgreSQL makes a table of a question
# in parallel, and inserts in one process only. Like staged, the table is nobody else's and gone before the commit.
_WORDS_OF = """CREATE UNLOGGED TABLE words AS
    SELECT s.row, evidence_words(coalesce(s.title, ''), s.text) AS search FROM staged s"""
# By date within a batch: what comes next in the indexes by date then lies near, which costs half.
_INSERT = """
INSERT INTO evidence_feedback (created_at, external_id, author, channel, said_at, title, text, url, state, account_id,
    brought_by_id, product_id, search)
SELECT now(), s.external_id, coalesce(s.author, ''),
    CASE WHEN s.deal IS NOT NULL THEN 'deal'
         WHEN s.channel IS NULL OR s.channel = 'other' THEN %(channel)s ELSE s.channel END,
    s.said_at, coalesce(s.title, ''), s.text, coalesce(s.url, ''), 'new', w.found, %(file)s, %(product)s, m.search
FROM staged s JOIN words m USING (row) LEFT JOIN who w ON w.whose = s.whose
WHERE s.row >= %(start)s AND s.row < %(end)s
ORDER BY s.said_at, s.row
ON CONFLICT DO NOTHING"""  # the last for what somebody else records at this very moment
_ASKS = f"""
INSERT INTO evidence_ask (created_at, deal_id, feedback_id, wants, asked_by_id, needed_by, is_condition, state, answer)
SELECT DISTINCT ON (f.id) now(), ({_DEAL}), f.id, left(coalesce(s.title, s.text), 200), %(person)s, s.needed_by,
    coalesce(s.is_condition, false), 'open', ''
FROM staged s JOIN evidence_feedback f ON f.product_id = %(product)s AND f.external_id = s.external_id
WHERE s.deal IS NOT NULL AND f.brought_by_id = %(file)s ORDER BY f.id, s.row"""  # noqa: S608 made of this file's own words

register(Evidence())

__all__ = ["Evidence", "intelligence"]
