"""The public portal under a script that floods it, with real people between: does a vote ever count twice, do people
get through, how long does a page take?

A portal with thousands of ideas in a company of its own. Many thousand requests come from many addresses and networks,
in the order of their invented time: pages that are read, votes, ideas, comments, replays, the same person under several
spellings. The clock is the benchmark's own, so that limits and attack are as they would be; the time of each answer is
real. Everything goes through the application as it is served, middleware and all, in one process.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest import mock

from benchmarks import house, report

IDEAS, SECONDS = 3_000, 360
FLOODED = range(60, 300)  # seconds
BOTS, PEOPLE = 4_000, 120  # addresses of the flood, real people
A_SECOND = 12  # requests of the flood that write, while it lasts


@dataclass
class Told:
    """What came of one kind of request: how long each answer took, by the wall and of this process's processor
    (milliseconds), and with which status."""

    times: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def main() -> int:
    house.enter("portal", anew="--anew" in sys.argv)
    rng = random.Random(7)
    world = _company(rng)
    flood = Flood(rng, world)
    flood.run()
    report.write("portal", "The portal, flooded", flood.told())
    return 0 if not flood.doubles() else 1


def _company(rng: random.Random) -> Any:
    """The product with its portal and ideas; what an earlier run left is thrown away."""
    from django.utils import timezone

    from clearspan.catalogue.models import Line, Product
    from clearspan.stages.evidence.models import Feedback
    from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote, Limit, Portal, Visitor

    line, _ = Line.objects.get_or_create(name="Flooded")
    product, _ = Product.objects.get_or_create(key="flooded", defaults={"name": "Flooded", "line": line})
    for model in (IdeaVote, IdeaComment, Idea, Visitor, Limit):
        model._default_manager.all().delete()
    Feedback.objects.filter(product=product).delete()
    Portal.objects.update_or_create(product=product, defaults={"is_open": True})
    now, words = (
        timezone.now(),
        [
            "berth",
            "tide",
            "alarm",
            "boat",
            "quay",
            "map",
            "night",
            "storm",
            "fee",
            "winter",
            "crane",
            "fuel",
            "pilot",
            "buoy",
        ],
    )
    pieces = Feedback.objects.bulk_create(
        Feedback(product=product, text=" ".join(rng.choices(words, k=12)), channel="portal", said_at=now)
        for _ in range(IDEAS)
    )
    Idea.objects.bulk_create(
        Idea(product=product, title=" ".join(rng.choices(words, k=5)), text=piece.text, state="public", feedback=piece,
             said_at=now - timedelta(hours=n), published_at=now, votes_brought=n % 300, votes=n % 300)
        for n, piece in enumerate(pieces)
    )  # fmt: skip
    return product


class Flood:
    """Six invented minutes: one quiet, four flooded, one quiet."""

    def __init__(self, rng: random.Random, product: Any) -> None:
        from clearspan.stages.portal.models import Idea

        self.rng, self.product = rng, product
        self.ideas = list(Idea.objects.filter(product=product).order_by("-votes").values_list("pk", flat=True)[:200])
        self.told_of: dict[str, Told] = defaultdict(Told)
        self.through: set[str] = set()  # people whose vote was taken
        self.tries: Counter[str] = Counter()
        self.started = time.time()
        self.at = 0.0  # of the invented time, seconds

    def run(self) -> None:
        arrivals = sorted(self.rng.uniform(0, SECONDS - 90) for _ in range(PEOPLE))
        waiting = [(at, f"person{n}@people{n}.example", 0) for n, at in enumerate(arrivals)]
        for second in range(SECONDS):
            self.at = float(second)
            if second in FLOODED:
                for _ in range(A_SECOND):
                    self._bot()
            for _ in range(2):
                self._reads()
            due, waiting = [one for one in waiting if one[0] <= second], [one for one in waiting if one[0] > second]
            for _, person, times in due:
                if not self._person(person) and times < 5:
                    waiting.append((second + 8, person, times + 1))
        self._answer_letters()

    def _bot(self) -> None:
        """A machine: it ages its forms, changes its network, sends twice, and does no sum for most of what it sends."""
        number = self.rng.randrange(BOTS)
        network = f"{self.rng.choice((23, 45, 91))}.{self.rng.randrange(64)}.{self.rng.randrange(6)}.{number % 250}"
        address = self.rng.choice(("bot{0}@spam{1}.example", "BOT{0}+{2}@spam{1}.example")).format(
            number, number % 50, self.rng.randrange(9)
        )
        form = self._form(0)
        kind = self.rng.choice(("vote", "vote", "comment", "say"))
        path = "say" if kind == "say" else f"ideas/{self.rng.choice(self.ideas[:20])}/{kind}"
        given = {"form": form, "address": address, "text": f"Buy followers {number % 40}"}
        for _ in range(2 if self.rng.random() < 0.3 else 1):  # a replay
            self._sends("a machine writes", path, given, network)

    def _person(self, address: str) -> bool:
        """Somebody real: opens the page and writes; under attack, their browser does the sum it is asked."""
        idea = self.ideas[_number(address) % 20]
        network = f"81.{_number(address) % 200}.{_number(address) % 97}.9"
        path = f"ideas/{idea}/vote"
        page = self._asks("a person opens the form", path, network)
        bits = re.search(r'data-work="(\d+)"', page)
        form = self._form(int(bits[1]) if bits else 0)
        given = {"form": form, "address": address}
        if bits:
            given["work"] = _worked(form, int(bits[1]))
        self.tries[address] += 1
        if self._sends("a person votes", path, given, network) != 200:
            return False
        self.through.add(address)
        return True

    def _reads(self) -> None:
        path = self.rng.choice(
            (
                "",
                "ideas",
                "ideas?order=new",
                "ideas?q=tide",
                f"ideas/{self.rng.choice(self.ideas)}",
                "coming",
                "new",
                "similar?text=the+tide+alarm+at+night+and+the+crane",
                "new.atom",
            )
        )
        self._asks("anybody reads", path, "81.2.3.4")

    def _answer_letters(self) -> None:
        """Each person opens every letter twice; so do machines with those they got."""
        from django.test import Client
        from procrastinate.contrib.django.models import ProcrastinateJob

        for job in ProcrastinateJob.objects.filter(task_name="core.mail", args__to__startswith="person"):
            address = re.search(r"/portal/me/confirm/\S+", job.args["text"])
            for _ in range(2):
                if address:
                    Client().post(address[0])

    def _form(self, bits: int) -> str:
        from clearspan.stages.portal import guard

        with mock.patch("django.core.signing.time.time", return_value=self.started + self.at - 20):
            return guard.new_form(bits).token

    def _sends(self, what: str, path: str, given: dict[str, str], network: str) -> int:
        return int(self._timed(what, "post", path, given, network).status_code)

    def _asks(self, what: str, path: str, network: str) -> str:
        return str(self._timed(what, "get", path, {}, network).content.decode())

    def _timed(self, what: str, method: str, path: str, given: dict[str, str], network: str) -> Any:
        from datetime import UTC, datetime

        from django.test import Client

        now = datetime.fromtimestamp(self.started + self.at, UTC)
        ask = getattr(Client(), method)
        with mock.patch("django.utils.timezone.now", return_value=now):
            begun, busy = time.perf_counter(), time.process_time()
            answer = ask(f"/portal/flooded/{path}".rstrip("/"), given or None, REMOTE_ADDR=network)
            took, worked = 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - busy)
        told = self.told_of[what]
        told.times.append(took)
        told.processor.append(worked)
        told.statuses[answer.status_code] += 1
        return answer

    def doubles(self) -> int:
        """Votes that count beyond one a person and idea: by the number that is shown, and by whose they are."""
        from django.db.models import F

        from clearspan.stages.portal.models import Idea, IdeaVote

        confirmed = IdeaVote.objects.filter(confirmed_at__isnull=False)
        shown = sum(Idea.objects.annotate(new=F("votes") - F("votes_brought")).values_list("new", flat=True))
        people = len({key.partition("+")[0].lower() for key in confirmed.values_list("visitor__address", flat=True)})
        return abs(int(shown) - confirmed.count()) + confirmed.count() - people

    def told(self) -> str:
        from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote

        rows = [_row(what, told) for what, told in sorted(self.told_of.items())]
        through, first = len(self.through), sum(self.tries[one] == 1 for one in self.through)
        counted = IdeaVote.objects.filter(confirmed_at__isnull=False).count()
        held = Idea.objects.filter(state="held").count() + IdeaComment.objects.filter(state="held").count()
        head = ["Request", "Number", "Median, ms", "95th percentile, ms", "Processor, ms", "Answers"]
        return (
            f"{IDEAS:,} ideas. Six invented minutes, of which the flood has four: {A_SECOND} writes a second from "
            f"{BOTS:,} addresses and {3 * 64 * 6:,} networks, a third of them sent twice; {PEOPLE} people vote in "
            f"between.\n\n{report.table(head, rows)}\n\n"
            f"People whose vote was taken: {through} of {PEOPLE}, {first} of them at the first try. Votes that count: "
            f"{counted}; counted twice: {self.doubles()}. Put aside for a person to look at: {held:,}. Of the flood, "
            f"{Idea.objects.exclude(state='public').count():,} ideas and {IdeaComment.objects.count():,} comments are "
            f"kept, none of them public. The load of the machine was {os.getloadavg()[0]:.1f}."
        )


def _row(what: str, told: Told) -> list[object]:
    answers = ", ".join(f"{status}: {count:,}" for status, count in sorted(told.statuses.items()))
    times = (statistics.median(told.times), _p95(told.times), statistics.median(told.processor))
    return [what, f"{len(told.times):,}", *(f"{ms:.0f}" for ms in times), answers]


def _number(address: str) -> int:
    return int(re.sub(r"\D", "", address.partition("@")[0]) or 0)


def _worked(form: str, bits: int) -> str:
    number = 0
    while int.from_bytes(hashlib.sha256(f"{form}:{number}".encode()).digest()[:8]) >> (64 - bits):
        number += 1
    return str(number)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    sys.exit(main())
