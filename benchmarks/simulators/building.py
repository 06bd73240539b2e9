"""The same company further down the line: what is defined, built, bought, launched and promoted."""

from __future__ import annotations

from datetime import timedelta

from benchmarks.simulators.filling import Filling
from clearspan.catalogue.models import Supplier
from clearspan.core.models import Function
from clearspan.stages.definition.models import Definition, DefinitionVersion, Ground, Requirement, SignOff
from clearspan.stages.development.models import Milestone, Pull, Quote, Team, Tracker, WorkItem
from clearspan.stages.launch.models import Campaign, CampaignResult, Collateral, Commitment, Launch, LaunchOption
from clearspan.stages.options.models import Option


class Building(Filling):
    """Fills what comes after the decisions. `options`: those that were chosen."""

    def fill(self) -> None:
        chosen = Option.objects.filter(product=self.product, state=Option.State.CHOSEN, definition=None)
        self.options = list(chosen.order_by("pk"))
        self.functions = list(Function.objects.all())
        self._define()
        self._build()
        self._buy()
        self._launch()
        self._promote()

    def _define(self) -> None:
        count = min(len(self.options), max(3, round(300 * self.scale)))
        self.definitions = Definition.objects.bulk_create(
            Definition(product=self.product, option=option, title=option.title, problem="It takes a day a month.")
            for option in self.options[:count]
        )
        needed = [
            Requirement(definition=one, position=n, title=f"Requirement {n}", text="It is seen at once.")
            for one in self.definitions
            for n in range(12)
        ]
        self.requirements = Requirement.objects.bulk_create(needed)
        Ground.objects.bulk_create(Ground(requirement=one, opportunity=self.need) for one in self.requirements)
        version = self.rows[DefinitionVersion]
        versions = DefinitionVersion.objects.bulk_create(
            DefinitionVersion(definition=one, number=number, content=version.content, note="What changed.")
            for one in self.definitions
            for number in (1, 2, 3)
        )
        SignOff.objects.bulk_create(SignOff(version=one, function=self.functions[0]) for one in versions)

    def _build(self) -> None:
        teams = self.many(Team, 30, lambda n: Team(product=self.product, name=f"Team {n}"))
        tracker = self.rows[Tracker]
        self.many(Pull, 2_000, lambda n: Pull(tracker=tracker, status="done"))

        def item(n: int) -> WorkItem:
            """Four years of thirty teams, each of which ends some fifteen a week and has dozens in hand."""
            state = "doing" if n % 100 < 2 else "todo" if n % 100 < 9 else "dropped" if n % 100 < 12 else "done"
            added = self.some_day({"doing": 60, "todo": 400}.get(state, 1_400))
            started = added + timedelta(days=n % 9) if state in ("done", "doing") else None
            return WorkItem(
                product=self.product,
                team=teams[n % len(teams)],
                title=f"Export invoices, part {n}",
                state=state,
                kind=("feature", "fix", "task")[n % 3],
                added_on=added,
                started_on=started,
                external_id=f"W-{n}",
                finished_on=(started or added) + timedelta(days=n % 20) if state in ("done", "dropped") else None,
                option=self.options[n % len(self.options)] if n % 3 else None,
                linked="hand" if n % 3 else "",
                tracker=tracker,
            )

        self.many(WorkItem, 100_000, item)

    def _buy(self) -> None:
        suppliers = [self.rows[Supplier], *self.many(Supplier, 60, lambda n: Supplier(name=f"Supplier {n}"))]
        self.many(
            Quote,
            500,
            lambda n: Quote(
                product=self.product, supplier=suppliers[n % len(suppliers)], title=f"Quote {n}", amount=1_000 + n
            ),
        )
        self.many(
            Milestone,
            1_000,
            lambda n: Milestone(
                product=self.product,
                supplier=suppliers[n % len(suppliers)],
                title=f"Part {n}",
                due_on=self.some_day(300),
            ),
        )

    def _launch(self) -> None:
        self.launches = self.many(
            Launch,
            100,
            lambda n: Launch(
                product=self.product,
                title=f"Launch {n}",
                planned_on=self.today + timedelta(days=n),
                state=("planned", "go", "launched")[n % 3],
                keeper=self.pick.choice(self.people),
            ),
        )
        launches = [*self.launches, self.rows[Launch]]
        LaunchOption.objects.bulk_create(
            LaunchOption(launch=one, option=self.options[n % len(self.options)]) for n, one in enumerate(self.launches)
        )
        self.many(
            Commitment,
            2_000,
            lambda n: Commitment(
                launch=launches[n % len(launches)],
                function=self.functions[n % len(self.functions)],
                title=f"What is needed, {n}",
                due_on=self.today + timedelta(days=n % 120 - 40),
                state=("asked", "promised", "done")[n % 3],
            ),
        )
        self.many(
            Collateral,
            800,
            lambda n: Collateral(launch=launches[n % len(launches)], kind="sales_sheet", title=f"Sheet {n}"),
        )

    def _promote(self) -> None:
        campaigns = self.many(
            Campaign,
            500,
            lambda n: Campaign(
                product=self.product,
                name=f"Campaign {n}",
                starts=self.some_day(300),
                launch=self.pick.choice(self.launches),
                state=("planned", "running", "ended")[n % 3],
            ),
        )
        CampaignResult.objects.bulk_create(
            (
                CampaignResult(campaign=one, day=one.starts + timedelta(days=day), spend=40, reached=900, responses=9)
                for one in (*campaigns, self.rows[Campaign])
                for day in range(200, 290)
            ),
            batch_size=5_000,
        )
