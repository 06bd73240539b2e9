from django.db import migrations

# Levels are worth nothing after a crash, and are written with every visitor's every attempt: not through the log, and
# with room on each page for the next version of a row.
_QUICK = "ALTER TABLE portal_limit SET UNLOGGED; ALTER TABLE portal_limit SET (fillfactor = 50)"


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [migrations.RunSQL(_QUICK, migrations.RunSQL.noop)]
