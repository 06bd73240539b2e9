"""Large imports, done by the worker. One whose worker died begins anew: nothing of it was written."""

from __future__ import annotations

import logging

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate.contrib.django import app

from clearspan.core.actions import Invalid, Refused
from clearspan.core.actor import Actor
from clearspan.core.imports import progress
from clearspan.core.jobs import RETRY
from clearspan.core.models import Import, ImportProgress

log = logging.getLogger(__name__)


@app.task(name="imports.run", retry=RETRY)  # type: ignore[untyped-decorator]  # procrastinate ships no types
def run(row: int) -> None:
    """Brings in the file of a waiting import, or takes it back, as the person who asked for it."""
    from clearspan.core.imports.actions import run_import, undo_import  # they queue this job: one has to import late

    file = Import.objects.select_related("asked_by__function").filter(pk=row).first()
    if file is None or file.status not in (Import.Status.WAITING, Import.Status.RUNNING):
        return  # discarded or done meanwhile
    Import.objects.filter(pk=row).update(status=Import.Status.RUNNING, words="")
    actor = Actor(file.asked_by, interface="job") if file.asked_by else Actor.system()
    asked = dict(file.result.get("asked", {}))
    try:
        with progress.told(file) as tell, progress.telling(tell):
            undo_import(actor, file=file) if asked.pop("undo", False) else run_import(actor, file=file, **asked)
    except (Invalid, Refused) as reason:
        _fail(row, f"Nothing was changed: {reason}.")
    except (OperationalError, InterfaceError):
        raise  # the database went away: tried again, from the start
    except Exception:
        log.exception("import %s", file.ref)
        _fail(row, "Nothing was changed: it stopped at an error, which is in the log.")
        raise
    finally:
        ImportProgress.objects.filter(file=row).delete()


def _fail(row: int, words: str) -> None:
    Import.objects.filter(pk=row).update(status=Import.Status.FAILED, words=words[:300], finished_at=timezone.now())
