from django.db import migrations, models

COUNTED = """
    UPDATE launch_launch AS launch SET moves = found.moves, first_planned_on = found.first_day
    FROM (
        SELECT change.row, count(*) AS moves,
            (array_agg((change.before->>'planned_on')::date ORDER BY change.id))[1] AS first_day
        FROM core_change AS change JOIN core_event AS event ON event.id = change.event_id
        WHERE change."table" = 'launch_launch' AND event.action = 'move_launch' AND event.undone_by_id IS NULL
            AND change.before->>'planned_on' IS DISTINCT FROM change.after->>'planned_on'
        GROUP BY change.row
    ) AS found
    WHERE found.row = launch.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_what_a_person_did"),
        ("launch", "0004_campaigns_say_what_they_may_cost"),
    ]

    operations = [
        migrations.AddField(
            model_name="launch",
            name="first_planned_on",
            field=models.DateField(blank=True, help_text="Where it was moved: its first day.", null=True),
        ),
        migrations.AddField(
            model_name="launch",
            name="moves",
            field=models.PositiveSmallIntegerField(default=0, help_text="How often its day was moved."),
        ),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
    ]
