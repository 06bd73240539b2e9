"""A mention says when it was heard, so that no list of needs looks up the feedback of thousands.

The database itself keeps it the same as the feedback's said_at, however either is written: by a form, an import, a
merge, an undo or raw SQL.
"""

import django.db.models.deletion
from django.db import migrations, models

_KEEP = """
CREATE FUNCTION opportunities_mention_heard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.heard_at := (SELECT said_at FROM evidence_feedback WHERE id = NEW.feedback_id);
    RETURN NEW;
END $$;
CREATE TRIGGER heard BEFORE INSERT OR UPDATE OF feedback_id, heard_at ON opportunities_mention
    FOR EACH ROW EXECUTE FUNCTION opportunities_mention_heard();

CREATE FUNCTION opportunities_feedback_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE opportunities_mention SET heard_at = NEW.said_at WHERE feedback_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER said AFTER UPDATE OF said_at ON evidence_feedback
    FOR EACH ROW WHEN (OLD.said_at <> NEW.said_at) EXECUTE FUNCTION opportunities_feedback_said();
"""
_LET_GO = """
DROP TRIGGER said ON evidence_feedback;
DROP TRIGGER heard ON opportunities_mention;
DROP FUNCTION opportunities_feedback_said();
DROP FUNCTION opportunities_mention_heard();
"""
_SO_FAR = """
UPDATE opportunities_mention m SET heard_at = f.said_at FROM evidence_feedback f WHERE f.id = m.feedback_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0005_what_pages_ask"),
        ("opportunities", "0002_mentions_and_need_index"),
    ]

    operations = [
        migrations.AddField("mention", "heard_at", models.DateTimeField(editable=False, null=True)),
        migrations.RunSQL(_SO_FAR, migrations.RunSQL.noop),
        migrations.AlterField("mention", "heard_at", models.DateTimeField(editable=False)),
        migrations.RunSQL(_KEEP, _LET_GO),
        migrations.AlterModelOptions("mention", {"ordering": ["-heard_at", "-id"]}),
        migrations.AlterField(
            "mention",
            "opportunity",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mentions",
                to="opportunities.opportunity",
            ),
        ),
        migrations.AlterField(
            "mention",
            "feedback",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mentions",
                to="evidence.feedback",
            ),
        ),
        migrations.AddIndex(
            "mention",
            models.Index(fields=["opportunity", "-heard_at", "-id"], name="opportuniti_opportu_2b412a_idx"),
        ),
        migrations.AddIndex("verdict", models.Index(fields=["-value"], name="opportuniti_value_2161f5_idx")),
        migrations.AddIndex(
            "verdict", models.Index(fields=["-mentions", "rank"], name="opportuniti_mention_780efd_idx")
        ),
        migrations.AddIndex("verdict", models.Index(fields=["rank"], name="opportuniti_rank_66b0e2_idx")),
    ]
