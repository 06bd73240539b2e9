from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("development", "0006_longest_first")]

    operations = [
        migrations.RemoveIndex(model_name="workitem", name="development_option__3e5104_idx"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                fields=["option", "state"], include=("product", "kind", "started_on"), name="item_of_option"
            ),
        ),
    ]
