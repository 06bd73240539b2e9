"""A company in which every list is long, around feedback that was imported: the rows of every other kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models.functions import Mod
from django.utils import timezone

from benchmarks.simulators import feedback as words
from benchmarks.simulators.asking import Asking
from benchmarks.simulators.building import Building
from benchmarks.simulators.filling import Filling, Rows
from benchmarks.simulators.improving import Improving
from benchmarks.simulators.public import Public
from clearspan.catalogue.models import Account, Competitor, Contact, Deal, MarketSize, Segment
from clearspan.core.models import Comment, Event, Function, Import, User
from clearspan.stages.decisions.models import Decision, Outcome
from clearspan.stages.evidence.models import Ask, Feedback, Intelligence, Interview
from clearspan.stages.opportunities.models import Mention, Opportunity, Theme, ThemeStudy, Verdict
from clearspan.stages.options.models import BusinessCase, CaseStudy, Effort, Impact, Meets, Option


def fill(rows: Rows, scale: float) -> None:
    """Fills the company of `rows` whose feedback was imported, from the market to the campaigns."""
    Company(rows, scale).fill()
    Building(rows, scale).fill()
    Asking(rows, scale).fill()
    Improving(rows, scale).fill()
    Public(rows, scale).fill()


class Company(Filling):
    """From who is there to what was decided."""

    def fill(self) -> None:
        self._people()
        self._market()
        self._needs()
        self._mentions()
        self._deals()
        self._other_evidence()
        self._options()
        self._decisions()
        self._traffic()

    def _people(self) -> None:
        functions = list(Function.objects.all())
        names = words.names(600, 21)
        self.people = self.many(
            User,
            300,
            lambda n: User(
                email=f"{names[n].lower()}{n}@example.org",
                name=f"{names[n]} {names[-n - 1]}",
                function=self.pick.choice(functions),
                password="!",  # noqa: S106 nobody signs in as them
            ),
        )

    def _market(self) -> None:
        made = [Segment(name=f"Segment {name}", position=9 + n) for n, name in enumerate(words.names(10, 22))]
        self.segments = [self.rows[Segment], *Segment.objects.bulk_create(made)]
        MarketSize.objects.bulk_create(
            MarketSize(product=self.product, segment=one, accounts=40_000, value_per_account=4_000, source="register")
            for one in self.segments[1:]
        )
        brought = Account.objects.filter(brought_by__isnull=False).annotate(rest=Mod("pk", 13))
        for n, one in enumerate(self.segments):
            brought.filter(rest=n).update(segment=one, value=(models.F("pk") * 7919) % 60_000, is_customer=n % 4 > 0)
        self.accounts = list(Account.objects.order_by("pk").values_list("pk", flat=True))
        self.many(Contact, 30_000, lambda n: Contact(account_id=self.pick.choice(self.accounts), name=f"Contact {n}"))
        self.many(Competitor, 200, lambda n: Competitor(product=self.product, name=f"Rival {n}", strengths="Price."))

    def _needs(self) -> None:
        titles = words.needs()
        self.needs = self.many(
            Opportunity,
            words.NEEDS,
            lambda n: Opportunity(
                product=self.product,
                title=titles[n].capitalize(),
                description="Said by many, in other words each time.",
                keeper=self.pick.choice(self.people),
                state="open" if n % 10 else "met",
            ),
        )
        wide = self.needs[: 1 + len(self.needs) // 10]
        for need in self.needs[len(wide) :]:
            need.parent = self.pick.choice(wide) if self.pick.random() < 0.6 else None
        Opportunity.objects.bulk_update(self.needs, ["parent"], batch_size=5_000)
        like: Verdict = Verdict.objects.filter(opportunity=self.need).get()
        same = [one.attname for one in Verdict._meta.fields if one.name not in ("id", "opportunity", "rank", "value")]
        Verdict.objects.bulk_create(
            (
                Verdict(
                    opportunity=need, rank=2 + n, value=9e6 / (2 + n), **{name: getattr(like, name) for name in same}
                )
                for n, need in enumerate(self.needs)
                if n % 20
            ),
            batch_size=5_000,
        )

    def _mentions(self) -> None:
        """Four in ten pieces of feedback are sorted, each under one need; a few needs have most of them."""
        numbers = list(Feedback.objects.filter(brought_by__isnull=False).order_by("pk").values_list("pk", flat=True))
        self.pick.shuffle(numbers)
        sorted_ = numbers[: len(numbers) * 4 // 10]
        needs, count = self.needs, len(self.needs)
        every: Iterator[Mention] = (
            Mention(
                feedback_id=number,
                opportunity=needs[int(count * self.pick.random() ** 2)],
                quote="It takes us a day a month.",
                importance=1 + number % 4,
            )
            for number in sorted_
        )
        while batch := list(islice(every, 5_000)):
            Mention.objects.bulk_create(batch)
        with connection.cursor() as cursor:
            cursor.execute("""UPDATE evidence_feedback f SET state = 'sorted' FROM opportunities_mention m
                              WHERE m.feedback_id = f.id""")
        aside = numbers[len(sorted_) :]
        Feedback.objects.filter(pk__in=aside[: len(aside) // 12]).update(state="away")
        copies = aside[len(aside) // 12 : len(aside) // 8]
        for start in range(0, len(copies), 100):  # what was said again and again
            again = Feedback.objects.filter(pk__in=copies[start : start + 100])
            again.update(state="copy", copy_of_id=sorted_[start])
        self.heard = sorted_

    def _deals(self) -> None:
        seller = self.rows[Ask].asked_by
        deals = self.many(
            Deal,
            10_000,
            lambda n: Deal(
                product=self.product,
                account_id=self.pick.choice(self.accounts),
                name=f"Deal {n}, renewal",
                state=("open", "won", "lost")[n % 3],
                amount=self.pick.randrange(500, 90_000),
                seller=seller.name,
                opened_on=self.some_day(),
                closes_on=self.today + timedelta(days=self.pick.randrange(-400, 200)),
            ),
        )
        free = Feedback.objects.filter(brought_by__isnull=False, state="new", ask=None, interview=None)
        said = list(free.order_by("-pk").values_list("pk", flat=True)[: max(3, round(10_000 * self.scale))])
        self.many(
            Ask,
            5_000,
            lambda n: Ask(
                deal=self.pick.choice(deals),
                feedback_id=said.pop(),
                wants="To export invoices",
                asked_by=seller,
                needed_by=self.today + timedelta(days=self.pick.randrange(-30, 90)),
                state="open" if n % 3 else "answered",
            ),
        )
        self.interviewed = said

    def _other_evidence(self) -> None:
        Feedback.objects.filter(pk__in=self.interviewed).update(channel=Feedback.Channel.INTERVIEW)
        Interview.objects.bulk_create(
            Interview(feedback_id=number, held_by=self.pick.choice(self.people)) for number in self.interviewed
        )
        self.many(
            Intelligence,
            5_000,
            lambda n: Intelligence(
                product=self.product,
                title=f"Notice {n}",
                text="A figure and where it is from.",
                source="Gazette",
                seen_on=self.some_day(),
                segment=self.pick.choice(self.segments),
            ),
        )

    def _options(self) -> None:
        option, functions = self.rows[Option], list(Function.objects.filter(is_scarce=True))
        self.options = self.many(
            Option,
            2_000,
            lambda n: Option(
                product=self.product,
                title=f"Way {n} to {self.needs[n % len(self.needs)].title.lower()}"[:160],
                state=("draft", "ready", "chosen", "parked", "declined")[n % 5],
                keeper=self.pick.choice(self.people),
            ),
        )

        def of(n: int) -> Option:
            return self.options[n % len(self.options)]

        self.many(Meets, 2_000, lambda n: Meets(option=of(n), opportunity=self.needs[n % len(self.needs)]))
        self.many(Effort, 2_000, lambda n: Effort(option=of(n), function=functions[0], low=1, likely=2, high=4))
        self.many(Impact, 2_000, lambda n: Impact(option=of(n), function=functions[0], note="Training."))
        like: CaseStudy = option.cases.order_by("-version").first().studies.filter(status="done").first()
        cases = self.many(BusinessCase, 2_000, lambda n: BusinessCase(option=of(n), version=1, spec=like.case.spec))
        five = [f"npv_p{part}" for part in ("05", "25", "50", "75", "95")]
        numbers = {name: getattr(like, name) for name in ("result", "inputs", "probability_of_loss", *five)}
        self.many(
            CaseStudy,
            2_000,
            lambda n: CaseStudy(case=cases[n], status="done", finished_at=timezone.now(), npv=1_000 + n, **numbers),
        )

    def _decisions(self) -> None:
        expected = {"npv": {"mean": 9e4, "p05": 1e4, "p25": 5e4, "p50": 9e4, "p75": 1.2e5, "p95": 2e5}}
        decisions = self.many(
            Decision,
            2_000,
            lambda n: Decision(
                product=self.product,
                kind=("choose", "park", "decline")[n % 3],
                option=self.options[n % len(self.options)],
                title=f"Decision {n}",
                reasons="It earns most for what it takes.",
                decided_on=self.some_day(),
                decided_by=self.pick.choice(self.people),
                expected=expected,
                starts=self.some_day(400),
            ),
        )
        day = timezone.localdate()
        self.many(Outcome, 1_000, lambda n: Outcome(decision=decisions[n % len(decisions)], day=day, amount=8e4))

    def _traffic(self) -> None:
        themes: ThemeStudy = self.rows[ThemeStudy]
        self.many(
            Theme,
            300,
            lambda n: Theme(
                study=themes,
                label=f"Theme {n}",
                keywords=["invoice", "export"],
                size=900 - n,
                accounts=200,
                members=[[number, 0.9] for number in self.heard[n * 50 : n * 50 + 200]],
            ),
        )
        self.many(Import, 500, lambda n: Import(kind="evidence", name=f"tickets-{n}.csv", digest="0", status="done"))
        self.many(
            Event,
            200_000,
            lambda n: Event(
                person=self.pick.choice(self.people),
                interface="screen",
                action="change_option",
                summary=f"changed OT-{n}",
            ),
        )
        self.many(
            Comment,
            20_000,
            lambda n: Comment(
                about=self.need.ref if n % 40 == 0 else self.needs[n % len(self.needs)].ref,
                text="Heard it again today.",
            ),
        )
        self.product.refresh_from_db()


def heaviest(rows: Rows) -> Rows:
    """The same rows, those with most behind them in place of the first of their kind."""

    def most(model: type[models.Model], way: str) -> Any:
        top = model._default_manager.order_by().annotate(n=models.Count(way)).order_by("-n").values_list("pk").first()
        return model._default_manager.get(pk=top[0])

    loud = Feedback.objects.order_by().values("account").exclude(account=None).annotate(n=models.Count("pk"))
    account = Account.objects.get(pk=loud.order_by("-n")[0]["account"])
    need = most(Opportunity, "mentions")
    return rows | {
        Account: account,
        Contact: account.contacts.first() or Contact.objects.create(account=account, name="Contact"),
        Opportunity: need,
        Mention: need.mentions.first(),
        Deal: most(Deal, "asks"),
        Segment: most(Segment, "accounts"),
        Import: Import.objects.filter(kind="evidence").order_by("-added").first(),
        Feedback: Feedback.objects.filter(copies__isnull=False).first() or rows[Feedback],
    }
