from __future__ import annotations

from typing import Self

from django.db import models

from clearspan.catalogue.models import Account, Product
from clearspan.core.actor import Actor
from clearspan.core.models import Source
from clearspan.core.records import Record, Records
from clearspan.stages.inlife.exact import exactly
from clearspan.stages.inlife.models.lines import LedgerLine
from clearspan.stages.inlife.models.versions import LedgerVersion
from clearspan.stages.options.models import Option

PLACES = 4  # of an amount: sources have hundredths of a cent, and sums must be theirs


class LedgerEntryRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever of the company may see the product may see its money."""
        return self.filter(version__in=LedgerVersion.objects.visible_to(actor))


class LedgerEntry(Source, Record):
    """An amount of a line in a month, as it acts on the contribution: revenue above nought, a cost below.

    A reversal has the other sign. It is in the company's currency: a P&L adds up, amounts of two currencies do not,
    and at which rate one becomes the other is decided in the books it comes from. `external_id` is what makes an entry
    of a file the same entry when the file comes again.
    """

    prefix = "LE"

    version = models.ForeignKey(LedgerVersion, on_delete=models.CASCADE, related_name="entries", db_index=False)
    line = models.ForeignKey(LedgerLine, on_delete=models.PROTECT, related_name="entries")
    month = models.DateField(help_text="Its first day.")
    region = models.CharField(max_length=80, blank=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    option = models.ForeignKey(
        Option, null=True, blank=True, on_delete=models.SET_NULL, related_name="ledger_entries", db_index=False,
        help_text="What it was spent on or earned by, where the books know it: a project, a line of work.",
    )  # fmt: skip
    amount = models.DecimalField(max_digits=18, decimal_places=PLACES)
    quantity = models.DecimalField(
        max_digits=18, decimal_places=PLACES, null=True, blank=True, help_text="In the line's unit."
    )
    note = models.CharField(max_length=200, blank=True)

    objects = LedgerEntryRecords.as_manager()

    class Meta:
        ordering = ["-month", "line__position", "-id"]
        indexes = [
            models.Index(fields=["version", "month", "line"]),
            models.Index(fields=["option", "month"], condition=models.Q(option__isnull=False), name="ledger_of_option"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "external_id"], condition=~models.Q(external_id=""), name="ledger_entry_once"
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="ledger_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.month:%b %Y}"

    @property
    def written(self) -> str:
        """The amount to the cent, or as far as it goes."""
        return exactly(self.amount)

    @property
    def product(self) -> Product:
        return self.version.product


class LedgerSum(models.Model):
    """What the entries of a version come to by line, region and month. Kept by the database itself (migration 0002).

    No row of its own: it follows from the entries, so nothing writes it, exports it or restores it.
    """

    version = models.ForeignKey(LedgerVersion, on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+", db_index=False)
    line = models.ForeignKey(LedgerLine, on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=80)
    month = models.DateField()
    amount = models.DecimalField(max_digits=22, decimal_places=PLACES)
    quantity = models.DecimalField(max_digits=22, decimal_places=PLACES)
    entries = models.IntegerField()
    counted = models.IntegerField(help_text="Entries that have a quantity.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "month", "line", "region"], name="one_ledger_sum")]
        indexes = [models.Index(fields=["product", "month"])]

    def __str__(self) -> str:
        return f"{self.line}, {self.month:%b %Y}"
