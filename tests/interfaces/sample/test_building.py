"""Building the sample company: whole, once, and never over somebody else's."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.catalogue.models import Account, Product
from clearspan.core.models import Company
from clearspan.interfaces.sample import AnotherCompany, build, building, planning, report
from clearspan.interfaces.webhooks.models import Webhook
from clearspan.stages.decisions.models import Decision, Outcome, PortfolioStudy
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.inlife.models import KPI, Proposal
from clearspan.stages.opportunities.models import Verdict
from clearspan.stages.options.models import BusinessCase, CaseStudy, Option
from clearspan.stages.options.studies import check, run_now
from clearspan.stages.portal.models import Telling
from tests.interfaces.sample.conftest import TODAY
from tests.world import World


@pytest.fixture
def quick(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases and a plan for the smallest product only, and few futures."""
    plan = building.find_plan

    def study(case: BusinessCase) -> object:
        return run_now(case, draws=1024) if case.option.product.key == "lotbook" else None

    monkeypatch.setattr(building, "study_case", study)
    monkeypatch.setattr(building, "find_plan", lambda product: plan(product) if product.key == "lotbook" else None)


def test_it_is_never_built_over_another_company(world: World) -> None:
    with pytest.raises(AnotherCompany, match="was not added"):
        build(TODAY)
    assert set(Product.objects.values_list("key", flat=True)) == {"tideline", "umbra"}


def test_it_is_built_whole_or_not_at_all(db: None, small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(building, "write_rows", lambda today, seed: (Account.objects.create(name="Half"), broken()))
    with pytest.raises(RuntimeError):
        build(TODAY)
    assert not Account.objects.exists()
    assert not building.is_there()


def test_it_goes_from_what_was_heard_to_a_plan(db: None, quick: None) -> None:
    from django.utils import timezone

    words: list[str] = []
    assert build(timezone.localdate(), seed=3, say=words.append)
    assert len(words) == 5
    assert Verdict.objects.count() == 40
    assert BusinessCase.objects.count() == 30
    assert CaseStudy.objects.filter(status="done").count() == 4
    assert PortfolioStudy.objects.get().status == "done"
    assert set(Decision.objects.values_list("kind", flat=True)) == {"choose", "park", "decline", "stop"}
    assert Outcome.objects.filter(amount__lt=0).count() == 2
    assert (KPI.objects.count(), Proposal.objects.count()) == (6, 4)
    assert Option.objects.filter(state=Option.State.READY).count() > 12
    assert not ProcrastinateJob.objects.filter(task_name="core.mail").exists()  # no letter leaves the sample
    letter = Telling.objects.get()
    asked_later = letter.told.filter(idea=None, feedback__said_at__gte=letter.sent_at)
    assert letter.told.exists() and not asked_later.exists()
    hook = Webhook.objects.get()
    assert not hook.is_on and {one.status for one in hook.deliveries.all()} == {"sent", "failed"}
    told = report()
    assert all(name in told for name in ("Rimewatch", "Bayslot", "Lotbook", "the plan picks", "market need"))
    pieces = Feedback.objects.count()
    assert not build(timezone.localdate(), seed=4)
    assert Feedback.objects.count() == pieces
    assert Company.ours().settings["sample"]["seed"] == 3
    for option in Option.objects.all():  # and every case can still be changed on its page
        check(option, option.cases.get().spec)


def test_each_function_says_what_an_option_means_for_it() -> None:
    stated = {name for row in planning.load("options")["option"] for name, _, _ in row["impacts"]}
    assert stated == set(planning.SPEAKS)
