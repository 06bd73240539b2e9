"""The sums by line, region and month are kept by the database, whatever way entries are written: a page of a large
ledger reads a few hundred of them, never the entries."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION inlife_keep_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE inlife_ledgersum s SET amount = s.amount - g.amount, quantity = s.quantity - g.quantity,
            entries = s.entries - g.entries, counted = s.counted - g.counted
        FROM (SELECT version_id, month, line_id, region, sum(amount) AS amount, coalesce(sum(quantity), 0) AS quantity,
                count(*) AS entries, count(quantity) AS counted
            FROM old_rows GROUP BY 1, 2, 3, 4) g
        WHERE (s.version_id, s.month, s.line_id, s.region) = (g.version_id, g.month, g.line_id, g.region);
        DELETE FROM inlife_ledgersum s USING (SELECT DISTINCT version_id FROM old_rows) g
        WHERE s.version_id = g.version_id AND s.entries = 0;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO inlife_ledgersum AS s (version_id, product_id, month, line_id, region, amount, quantity, entries,
            counted)
        SELECT n.version_id, v.product_id, n.month, n.line_id, n.region, sum(n.amount), coalesce(sum(n.quantity), 0),
            count(*), count(n.quantity)
        FROM new_rows n JOIN inlife_ledgerversion v ON v.id = n.version_id
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 3, 4, 5
        ON CONFLICT (version_id, month, line_id, region) DO UPDATE SET amount = s.amount + excluded.amount,
            quantity = s.quantity + excluded.quantity, entries = s.entries + excluded.entries,
            counted = s.counted + excluded.counted;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_sums_insert AFTER INSERT ON inlife_ledgerentry REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION inlife_keep_sums();
CREATE TRIGGER keep_sums_update AFTER UPDATE ON inlife_ledgerentry REFERENCING OLD TABLE AS old_rows
    NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION inlife_keep_sums();
CREATE TRIGGER keep_sums_delete AFTER DELETE ON inlife_ledgerentry REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION inlife_keep_sums();
"""
BACK = """
DROP TRIGGER keep_sums_insert ON inlife_ledgerentry;
DROP TRIGGER keep_sums_update ON inlife_ledgerentry;
DROP TRIGGER keep_sums_delete ON inlife_ledgerentry;
DROP FUNCTION inlife_keep_sums();
"""


class Migration(migrations.Migration):
    dependencies = [("inlife", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION, BACK)]
