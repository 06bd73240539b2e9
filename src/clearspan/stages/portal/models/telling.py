from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from clearspan.catalogue.models import Contact, Product
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.core.records import Record, Records
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.portal.models.ideas import Idea
from clearspan.stages.portal.models.visitors import Visitor


class TellingRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(opportunity__product__in=Product.objects.seen_by(actor))


class Telling(Record):
    """What those who asked for a need are told of it, on one occasion: one letter, each person once."""

    prefix = "TG"

    class Occasion(models.TextChoices):
        DECIDED = "decided", "it was decided"
        BUILDING = "building", "it is being built"
        LAUNCHED = "launched", "it is here"
        DECLINED = "declined", "it will not be done"

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="tellings")
    occasion = models.CharField(max_length=8, choices=Occasion)
    subject = models.CharField(max_length=160)
    text = models.TextField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = TellingRecords.as_manager()

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["opportunity", "occasion"], name="told_once_an_occasion")]

    def __str__(self) -> str:
        return self.subject


class ToldRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(telling__in=Telling.objects.visible_to(actor)) if actor.is_employee else self.none()


class Told(Record):
    """One person was told, by mail. Stands on their idea and on their feedback. `key` is empty once they are erased."""

    prefix = "TO"

    telling = models.ForeignKey(Telling, on_delete=models.CASCADE, related_name="told")
    key = models.CharField(max_length=254, blank=True, editable=False)
    name = models.CharField(max_length=120, blank=True)
    visitor = models.ForeignKey(Visitor, null=True, blank=True, on_delete=models.SET_NULL, related_name="told")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    idea = models.ForeignKey(Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="told")
    feedback = models.ForeignKey(Feedback, null=True, blank=True, on_delete=models.SET_NULL, related_name="told")
    sent_at = models.DateTimeField()

    objects = ToldRecords.as_manager()

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["telling", "key"], condition=~Q(key=""), name="each_is_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.name or 'somebody'} was told"
