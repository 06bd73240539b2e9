"""Studies asked for by a person, and stopped."""

from __future__ import annotations

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.jobs import defer
from clearspan.core.models import StudyRecord
from clearspan.stages.opportunities import jobs
from clearspan.stages.opportunities.models import DemandStudy, ThemeStudy
from clearspan.stages.opportunities.rules import works_on


@action(rule=works_on, says="asked for the verdicts anew")
def run_demand_study(actor: Actor, *, product: Product, seed: int = 0) -> DemandStudy:
    """Works out anew whose need each of a product's needs is, from everything heard. Runs in the background."""
    under_way = product.demand_studies.filter(status__in=("waiting", "running")).first()
    if under_way is not None:
        raise Invalid({"product": f"{under_way.ref} is under way already"})
    study: DemandStudy = DemandStudy.objects.create(product=product, seed=seed, asked_by=actor.person)
    defer(jobs.demand, study)
    return study


@action(rule=works_on, says="stopped {result}")
def stop_demand_study(actor: Actor, *, study: DemandStudy) -> StudyRecord:
    """Stops a demand study. The verdicts of the one before stand."""
    return _stop(study)


@action(rule=works_on, says="asked what the unsorted feedback is about")
def run_theme_study(actor: Actor, *, product: Product, seed: int = 0) -> ThemeStudy:
    """Groups the feedback that is linked to no need into themes that may be needs. Runs in the background."""
    under_way = product.theme_studies.filter(status__in=("waiting", "running")).first()
    if under_way is not None:
        raise Invalid({"product": f"{under_way.ref} is under way already"})
    study: ThemeStudy = ThemeStudy.objects.create(product=product, seed=seed, asked_by=actor.person)
    defer(jobs.themes, study)
    return study


@action(rule=works_on, says="stopped {result}")
def stop_theme_study(actor: Actor, *, study: ThemeStudy) -> StudyRecord:
    """Stops a study of themes. Those proposed before stand."""
    return _stop(study)


def _stop(study: StudyRecord) -> StudyRecord:
    """One that waits is stopped at once; one that runs is told, and keeps nothing."""
    if not study.is_under_way:
        raise Invalid({"study": f"it is {study.get_status_display()}"})
    study.stop_asked = True
    if study.status == StudyRecord.Status.WAITING:
        study.status, study.words = StudyRecord.Status.STOPPED, "It was stopped before it began."
    study.save(update_fields=["stop_asked", "status", "words"])
    return study
