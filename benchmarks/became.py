"""What became of what I asked? On a real product's forum, its changelog and its releases.

The forum's requests come onto a portal as ideas, the changelog as what is new. A request has shipped when a post in it
names a pull request that the changelog names, or when its title says nearly what a later entry says. It is then linked
through need, option and launch, and answers for itself: its public state, and the sentence of its trace. What was
matched by words was read by a person; how many of those are right is stated, by the number of the topic.
"""

from __future__ import annotations

import csv
import math
import re
import statistics
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks import house, report

ALIKE = 0.6
NO_FEATURE = re.compile(
    r"\b(fix(ed|es)?|bug|wrong(ly)?|wasn't|weren't|fail(ed|ing)?|broken|errors?|crash|updated?|upgrade|lost)\b|:\s*$",
    re.I,
)
SMALL = set(
    re.findall(
        r"\w+",
        """a an the to of in on for and or is be with by add adding added support allow ability option feature request
        new when from as it not can i we my how use using data query queries dashboard dashboards redash would like
        possible show make enable set change changed improve improved update updated better more into all list
        available""",
    )
)
# The matches by words as a person read them, topic and entry side by side: is it what was asked for?
READ = {
    80: True, 168: False, 216: True, 276: True, 656: False, 720: True, 980: True, 1389: True, 1802: True, 1987: False,
    2011: False, 2134: True, 2475: True, 2697: True, 2786: True, 2895: True, 3001: True, 3885: True, 4713: True,
    4862: True, 5376: True, 6337: False, 6373: True, 7133: True, 7533: False, 8025: False, 9120: False,
}  # fmt: skip


@dataclass(frozen=True)
class Shipped:
    """A request, and the entry of the changelog that answers it."""

    topic: dict[str, str]
    release: str
    day: date
    entry: str
    how: str  # number, words

    @property
    def days(self) -> int:
        return (self.day - asked_on(self.topic)).days


def main() -> int:
    data = report.data_folder()
    folder = data / "redash_product_forum" if data else None
    if folder is None or not folder.is_dir():
        print("no forum: set CLEARSPAN_BENCH_DATA", file=sys.stderr)
        return 0
    house.enter("became", anew=True)
    csv.field_size_limit(10**9)
    topics = [row for row in _rows(folder / "topics.csv") if row["category"] == "Feature Requests"]
    entries = changelog(folder)
    shipped = {**by_words(topics, entries), **by_number(topics, _rows(folder / "posts.csv"), entries)}
    answers = _through_the_product(topics, entries, shipped)
    report.write("became", "What became of what was asked", _told(topics, entries, shipped, answers))
    return 0


def asked_on(topic: dict[str, str]) -> date:
    return date.fromisoformat(topic["created"][:10])


def changelog(folder: Path) -> list[tuple[str, date, str]]:
    """(release, its day, what is new) for each line of the changelog; the day from its heading, or from the tag."""
    tags = {row["tag"].lower().lstrip("v"): row["date"][:10] for row in _rows(folder / "redash_releases.csv")}
    found, release, day = [], "", ""
    for line in (folder / "redash_CHANGELOG.md.txt").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"## v?([\w.\-]+)(?:.*?(\d{4}-\d\d-\d\d))?", line, re.I):
            release = head[1].lower()
            near = (tags[tag] for tag in (release, f"{release}-dev") if tag in tags)
            day = head[2] or next(near, "") or _month(release)
        elif day and (item := re.match(r"\s*[*-] (.+)", line)):
            found.append((release, date.fromisoformat(day), item[1]))
    return found


def by_number(
    topics: list[dict[str, str]], posts: list[dict[str, str]], entries: list[tuple[str, date, str]]
) -> dict[str, Shipped]:
    """Requests in which somebody names the pull request or issue that a later entry names."""
    named: dict[str, list[tuple[str, date, str]]] = defaultdict(list)
    for entry in entries:
        for number in re.findall(r"#(\d+)", entry[2]):
            named[number].append(entry)
    about, found = {topic["topic_id"]: topic for topic in topics}, {}
    for post in posts:
        topic = about.get(post["topic_id"])
        if topic is None:
            continue
        for one, other in re.findall(r"getredash/redash/(?:pull|issues)/(\d+)|(?<!\w)#(\d{3,4})\b", post["text"]):
            later = [entry for entry in named[one or other] if entry[1] >= asked_on(topic)]
            if later:
                found[topic["topic_id"]] = Shipped(topic, *min(later, key=lambda entry: entry[1]), "number")
    return found


def by_words(topics: list[dict[str, str]], entries: list[tuple[str, date, str]]) -> dict[str, Shipped]:
    """Requests whose title says nearly what a later entry says: words weighed by how rare they are."""
    features = [entry for entry in entries if not NO_FEATURE.search(entry[2])]
    said, asked = [_words(entry[2]) for entry in features], [_words(topic["title"]) for topic in topics]
    seen = Counter(word for words in (*said, *asked) for word in words)
    weight = {word: math.log((len(said) + len(asked)) / count) ** 2 for word, count in seen.items()}

    def alike(one: set[str], other: set[str]) -> float:
        lengths = math.sqrt(sum(weight[w] for w in one) * sum(weight[w] for w in other))
        return sum(weight[w] for w in one & other) / lengths if lengths else 0.0

    found = {}
    for topic, words in zip(topics, asked, strict=True):
        later = [(alike(words, other), entry) for entry, other in zip(features, said, strict=True)
                 if words & other and entry[1] >= asked_on(topic)]  # fmt: skip
        score, entry = max(later, key=lambda one: one[0], default=(0.0, None))
        if entry is not None and score >= ALIKE:
            found[topic["topic_id"]] = Shipped(topic, *entry, "words")
    return found


def _through_the_product(
    topics: list[dict[str, str]], entries: list[tuple[str, date, str]], shipped: dict[str, Shipped]
) -> list[tuple[Shipped, str, str]]:
    """Each shipped request with its public state and its sentence, as the product answers."""
    from clearspan.catalogue.models import Line, Product
    from clearspan.core.actor import Actor
    from clearspan.stages.evidence.models import Feedback
    from clearspan.stages.launch.models import Launch, LaunchOption
    from clearspan.stages.opportunities.actions import link_evidence
    from clearspan.stages.opportunities.models import Opportunity
    from clearspan.stages.options.models import Meets, Option
    from clearspan.stages.portal.models import ChangelogEntry, Idea, Portal
    from clearspan.stages.portal.queries.public import one
    from clearspan.stages.portal.queries.standing import line_of as public_line
    from clearspan.stages.trace.queries import line_of
    from clearspan.stages.trace.sentences import became, plain

    actor = Actor.system("import")
    product = Product.objects.create(name="Forum", key="forum", line=Line.objects.create(name="Forum"))
    Portal.objects.create(product=product, is_open=True)
    pieces = Feedback.objects.bulk_create(
        Feedback(product=product, channel="forum", title=topic["title"][:300], text=topic["body"] or topic["title"],
                 author=topic["author"], said_at=_moment(topic["created"]), external_id=f"topic-{topic['topic_id']}")
        for topic in topics
    )  # fmt: skip
    ideas = Idea.objects.bulk_create(
        Idea(product=product, title=topic["title"][:160], text=topic["body"], feedback=piece, state="public",
             said_at=piece.said_at, published_at=piece.said_at, external_id=piece.external_id,
             votes_brought=int(topic["likes_first_post"]), votes=int(topic["likes_first_post"]))
        for topic, piece in zip(topics, pieces, strict=True)
    )  # fmt: skip
    of = {idea.external_id.removeprefix("topic-"): idea for idea in ideas}
    days = {release: day for release, day, _ in entries}
    launches = {}
    for release, day in days.items():
        launches[release] = Launch.objects.create(
            product=product, title=f"Release {release}", planned_on=day, launched_on=day, state="launched"
        )
        text = "\n".join(f"- {words}" for name, _, words in entries if name == release)
        at = datetime.combine(day, datetime.min.time(), UTC)
        ChangelogEntry.objects.create(product=product, title=f"Release {release}", text=text, published_at=at,
                                      launch=launches[release], external_id=release)  # fmt: skip
    for row in shipped.values():
        need = Opportunity.objects.create(product=product, title=row.topic["title"][:200])
        option = Option.objects.create(product=product, title=row.entry[:160], state="chosen")
        Meets.objects.create(option=option, opportunity=need)
        LaunchOption.objects.create(launch=launches[row.release], option=option)
        link_evidence(actor, opportunity=need, feedback=[of[row.topic["topic_id"]].feedback])
    public, found = public_line(product), []
    for key, row in shipped.items():
        idea: Any = one(product, of[key].pk, public)
        line = line_of(actor, of[key].feedback)
        assert line is not None
        found.append((row, Idea.Standing(idea.stands).label, plain(became(actor, line))))
    return found


def _told(
    topics: list[dict[str, str]], entries: list[tuple[str, date, str]], shipped: dict[str, Shipped],
    answers: list[tuple[Shipped, str, str]],
) -> str:  # fmt: skip
    words = {int(key) for key, row in shipped.items() if row.how == "words"}
    read = words & READ.keys()
    right = sum(READ[key] for key in read)
    sure = [row for key, row in shipped.items() if row.how == "number" or READ.get(int(key), False)]
    days = sorted(row.days for row in sure)
    say_so = sum(state == "Here" and "launched on" in sentence for _, state, sentence in answers)
    table = [
        [key, asked_on(row.topic), row.release, row.days, row.how, _judged(row)]
        for key, row in sorted(shipped.items(), key=lambda item: int(item[0]))
    ]
    return (
        f"{len(topics)} requests of a forum, {len(entries):,} lines of a changelog, {len({e[0] for e in entries})} "
        f"releases. Shipped: {len(shipped)}, of which {len(shipped) - len(words)} by the number of a pull request that "
        f"a post names and {len(words)} by words (at {ALIKE} alike). Of those by words, {len(read)} were read by a "
        f"person: {right} are what was asked for, {right / max(1, len(read)):.0%}. From asking to shipping, of those "
        f"that are right: half within {statistics.median(days):.0f} days, from {days[0]} to {days[-1]}. The product "
        f"says of {say_so} of {len(shipped)} that they are here, and in which launch since when. Requests that shipped "
        "in other words than they were asked in are not found: this says how many did at least.\n\n"
        + report.table(["Topic", "Asked", "Release", "Days", "Found by", "Read"], table)
    )


def _judged(row: Shipped) -> str:
    """What a person said to it; a post that names the pull request says it itself."""
    said = {True: "right", False: "wrong", None: "not read"}[READ.get(int(row.topic["topic_id"]))]
    return "named in the topic" if row.how == "number" else said


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _words(text: str) -> set[str]:
    found = set()
    for word in re.findall(r"[a-z][a-z0-9+]+", re.sub(r"@[\w-]+|#\d+\S*", "", text.lower())):
        end = next((e for e in ("izations", "ization", "ing", "ers", "ies", "es", "ed", "s")
                    if word.endswith(e) and len(word) - len(e) >= 4), "")  # fmt: skip
        word = word.removesuffix(end)
        if word not in SMALL and len(word) > 1:
            found.add(word)
    return found


def _month(release: str) -> str:
    """Later releases are called by their month."""
    named = re.match(r"(2\d)\.(\d\d)\.", release)
    return f"20{named[1]}-{named[2]}-01" if named else ""


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(words.replace("Z", "+00:00"))


if __name__ == "__main__":
    sys.exit(main())
