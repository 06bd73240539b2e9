"""A salesperson says that the customer was told: an answer waits for nobody any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0009_what_an_import_brought")]

    operations = [
        migrations.AddField(
            "ask",
            "told_at",
            models.DateTimeField(blank=True, help_text="When the customer was told this answer.", null=True),
        ),
    ]
