import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0007_years_of_the_books")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["person", "-id"], name="event_by_person"),
        ),
        migrations.AlterField(
            model_name="event",
            name="person",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="events",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
