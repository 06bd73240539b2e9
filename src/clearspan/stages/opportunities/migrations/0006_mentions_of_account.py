"""What the accounts of one segment mentioned, without reading every mention."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0005_whom_it_was_heard_from")]

    operations = [
        migrations.AddIndex("mention", models.Index(fields=["heard_from", "opportunity"], name="mentions_of_account")),
    ]
