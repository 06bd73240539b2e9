"""The words a piece of feedback is found by become a column of its own, which a trigger keeps.

A generated column is computed while its row is written, by the one process that writes it. An import has them made on
every core before. Whoever else writes feedback, by a form, an undo or raw SQL, need not know of it.
"""

import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import clearspan.stages.evidence.models

_KEEP = """
CREATE FUNCTION evidence_words(title text, text text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('english'::regconfig, title), 'A') || setweight(to_tsvector('english'::regconfig, text), 'B')
$$;
CREATE FUNCTION evidence_feedback_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.search := evidence_words(NEW.title, NEW.text);
    RETURN NEW;
END $$;
CREATE TRIGGER words_of_new BEFORE INSERT ON evidence_feedback
    FOR EACH ROW WHEN (NEW.search IS NULL) EXECUTE FUNCTION evidence_feedback_words();
CREATE TRIGGER words_of_changed BEFORE UPDATE ON evidence_feedback
    FOR EACH ROW WHEN (NEW.search IS DISTINCT FROM OLD.search OR NEW.title <> OLD.title OR NEW.text <> OLD.text)
    EXECUTE FUNCTION evidence_feedback_words();
"""
_LET_GO = """
DROP TRIGGER words_of_changed ON evidence_feedback;
DROP TRIGGER words_of_new ON evidence_feedback;
DROP FUNCTION evidence_feedback_words();
DROP FUNCTION evidence_words(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0006_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE evidence_feedback ALTER COLUMN search DROP EXPRESSION",
            migrations.RunSQL.noop,
            state_operations=[
                migrations.AlterField(
                    "feedback",
                    "search",
                    django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
                )
            ],
        ),
        migrations.RunSQL(_KEEP, _LET_GO),
        migrations.AlterField(
            "feedback",
            "recorded_by",
            models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Who wrote it down; nobody where a file brought it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveIndex("feedback", "feedback_beginning"),
        migrations.AddIndex(
            "feedback",
            models.Index(
                models.F("product"),
                clearspan.stages.evidence.models._Number(django.db.models.functions.text.Left("text", 100)),
                name="feedback_beginning",
            ),
        ),
    ]
