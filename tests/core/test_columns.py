"""A column is the same column when it is of the same table, field and reading, however a query came to it."""

from __future__ import annotations

from django.db.models import IntegerField
from django.db.models.expressions import Col

from clearspan.core.models import Event, User

NAME, EMAIL = User._meta.get_field("name"), User._meta.get_field("email")


def test_a_column_is_equal_to_itself_told_again() -> None:
    assert Col("core_user", NAME) == Col("core_user", NAME, NAME)
    assert hash(Col("core_user", NAME)) == hash(Col("core_user", NAME))


def test_another_table_field_or_reading_is_another_column() -> None:
    column = Col("core_user", NAME)
    number = Col("core_user", NAME, IntegerField())
    others = [Col("U0", NAME), Col("core_user", EMAIL), Col("core_user", Event._meta.get_field("summary")), number]
    assert column not in others
    assert number == Col("core_user", NAME, IntegerField())


def test_an_order_by_a_column_that_is_read_names_its_place() -> None:
    assert str(User.objects.order_by("name").values("email", "name").query).endswith("ORDER BY 2 ASC")
