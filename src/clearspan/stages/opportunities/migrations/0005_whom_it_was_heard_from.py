"""A mention says whom it was heard from, so that neither the page of a need nor a list of one segment's needs looks up the
feedback of thousands.

As with `heard_at` (0003) the database itself keeps it the same as the feedback's account, however either is written.
"""

import django.db.models.deletion
from django.db import migrations, models

_KEEP = """
CREATE OR REPLACE FUNCTION opportunities_mention_heard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT said_at, account_id INTO NEW.heard_at, NEW.heard_from_id FROM evidence_feedback WHERE id = NEW.feedback_id;
    RETURN NEW;
END $$;
DROP TRIGGER heard ON opportunities_mention;
CREATE TRIGGER heard BEFORE INSERT OR UPDATE OF feedback_id, heard_at, heard_from_id ON opportunities_mention
    FOR EACH ROW EXECUTE FUNCTION opportunities_mention_heard();

CREATE OR REPLACE FUNCTION opportunities_feedback_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE opportunities_mention SET heard_at = NEW.said_at, heard_from_id = NEW.account_id WHERE feedback_id = NEW.id;
    RETURN NULL;
END $$;
DROP TRIGGER said ON evidence_feedback;
CREATE TRIGGER said AFTER UPDATE OF said_at, account_id ON evidence_feedback
    FOR EACH ROW WHEN (OLD.said_at <> NEW.said_at OR OLD.account_id IS DISTINCT FROM NEW.account_id)
    EXECUTE FUNCTION opportunities_feedback_said();
"""
_LET_GO = """
CREATE OR REPLACE FUNCTION opportunities_mention_heard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.heard_at := (SELECT said_at FROM evidence_feedback WHERE id = NEW.feedback_id);
    RETURN NEW;
END $$;
DROP TRIGGER heard ON opportunities_mention;
CREATE TRIGGER heard BEFORE INSERT OR UPDATE OF feedback_id, heard_at ON opportunities_mention
    FOR EACH ROW EXECUTE FUNCTION opportunities_mention_heard();

CREATE OR REPLACE FUNCTION opportunities_feedback_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE opportunities_mention SET heard_at = NEW.said_at WHERE feedback_id = NEW.id;
    RETURN NULL;
END $$;
DROP TRIGGER said ON evidence_feedback;
CREATE TRIGGER said AFTER UPDATE OF said_at ON evidence_feedback
    FOR EACH ROW WHEN (OLD.said_at <> NEW.said_at) EXECUTE FUNCTION opportunities_feedback_said();
"""
_SO_FAR = """
UPDATE opportunities_mention m SET heard_from_id = f.account_id FROM evidence_feedback f WHERE f.id = m.feedback_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_competition"),
        ("opportunities", "0004_against_competitors"),
    ]

    operations = [
        migrations.AddField(
            "mention",
            "heard_from",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalogue.account",
            ),
        ),
        migrations.RunSQL(_SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL(_KEEP, _LET_GO),
        migrations.AddIndex("mention", models.Index(fields=["opportunity", "heard_from"], name="opportuniti_opportu_e3ac61_idx")),
    ]
