"""The company that is written and brought back: one row of every kind, with all that a value can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.db import connection, models
from django.utils import timezone
from pytest_django.fixtures import Settings

from clearspan.core.actions import registry
from clearspan.core.imports import files
from clearspan.core.models import Blob, Company, Import
from clearspan.core.sealing import seal
from clearspan.interfaces.archive import contents, handing, writing
from clearspan.stages.development.models import Tracker
from clearspan.stages.opportunities.models import DemandStudy, Opportunity
from tests.browser.pages import Rows
from tests.one_of_each import one_of_each
from tests.world import World

HARD = (
    'Quoted "words", a \\ and \\n, a\ttab,\na line, é 漢 🚤, <b>, {"json": 1}, \\u0041 \x7f and a very long s'
    + "o" * 300
)


@contextmanager
def within_the_test() -> Iterator[Any]:
    """Tests are one transaction each, rolled back: the export reads in it. test_still.py has the real thing."""
    with connection.cursor() as cursor:
        writing.fix_forms(cursor)
        yield cursor


@pytest.fixture
def company(world: World, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[World, Rows]:
    """One of each; and what an archive could lose: odd texts, bytes, files, secrets, history, gaps."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(writing, "still", within_the_test)
    rows = one_of_each(world)
    need, ines = rows[Opportunity], world.ines.person
    world.feedback(HARD, title=HARD[:60])
    DemandStudy.objects.update(
        inputs=Blob.keep(b"\x00\x01\\ bytes"), result={"x": [1.0, 1e-300, 12345678901234567890, "é\\n", None, {}]}
    )
    Tracker.objects.update(secret=seal("a token"))
    Company.objects.update(year_starts=4)
    Import.objects.update(digest=files.keep([b"a,b\n1,2\n"]).digest)
    EmailAddress.objects.create(user=ines, email=ines.email, primary=True)
    SocialAccount.objects.create(user=ines, provider="oidc", uid="ines")
    TOTP.activate(world.otto.person, generate_totp_secret())
    RecoveryCodes.activate(world.otto.person)
    registry["change_opportunity"](world.ines, opportunity=need, title="Know where who lies")
    gone = registry["create_opportunity"](world.ines, product=world.tideline, title="Gone again")
    type(gone).objects.filter(pk=gone.pk).delete()
    for table in contents.tables():
        if not table.model._base_manager.exists():
            table.model._base_manager.create(**plausible(table.model))
    return world, rows


def plausible(kind: type[models.Model]) -> dict[str, Any]:
    """Values for a row of a kind that one_of_each has none of, because nobody refers to such rows."""
    given: dict[str, Any] = {}
    for field in kind._meta.concrete_fields:
        if field.has_default() or field.null or field.blank or field.primary_key or getattr(field, "auto_now", False):
            continue
        if field.related_model is not None:
            given[field.name] = field.related_model._base_manager.first()
        elif isinstance(field, models.DateTimeField):
            given[field.name] = timezone.now()
        elif isinstance(field, models.DateField):
            given[field.name] = timezone.localdate()
        else:
            given[field.name] = "x" if isinstance(field, (models.CharField, models.TextField)) else 1
    return given


@pytest.fixture
def export(tmp_path: Path) -> Callable[[str], Path]:
    """Writes an archive of what is in the database."""

    def write(name: str = "company.zip") -> Path:
        return handing.write_to(tmp_path / name).path

    return write


def wipe() -> None:
    """A database as a new one is, but for what archives leave out."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in contents.tables():
            cursor.execute(f"DELETE FROM {table.sql_name}")
            if table.has_sequence:
                cursor.execute(f"SELECT setval(({table.sequence}), 1, false)")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row there is, as Django reads it."""
    return {
        kind._meta.label: list(kind._base_manager.order_by("pk").values())
        for kind in apps.get_models(include_auto_created=True)
        if kind._meta.label not in contents.LEFT_OUT
    }
