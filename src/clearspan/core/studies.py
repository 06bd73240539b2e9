"""Runs saved studies: waiting, running, done or failed, with nothing half there.

A stage says what its kind of study computes: a function of the study that returns the arrays it used and the result.
What a run has written before it ended is its progress only; the result comes in one transaction with its status.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from clearspan import __version__
from clearspan.core.models import Blob, StudyRecord

log = logging.getLogger(__name__)
S = TypeVar("S", bound=StudyRecord)


class CannotStudy(Exception):  # noqa: N818 an answer, not an error
    """The study cannot be made of what there is. The message says what is missing and what to do."""


@dataclass
class Reporter:
    """Given to a computation: keeps its progress where screens can read it, and knows whether to stop."""

    study: StudyRecord
    _last: float = 0.0
    _looked: float = 0.0
    _stop: bool = False

    def progress(self, fraction: float, words: str = "") -> None:
        """Says how far the work is. Writes at most twice a second."""
        if time.monotonic() - self._last < 0.5:
            return
        self._last = time.monotonic()
        type(self.study)._default_manager.filter(pk=self.study.pk).update(progress=fraction, words=words[:300])

    def stop_is_asked(self) -> bool:
        """Whether somebody wants it to end. Engines ask at every node, so it looks at most twice a second."""
        if not self._stop and time.monotonic() - self._looked >= 0.5:
            self._looked = time.monotonic()
            self._stop = type(self.study)._default_manager.filter(pk=self.study.pk, stop_asked=True).exists()
        return self._stop


def run(
    study: S,
    compute: Callable[[S, Reporter], tuple[Mapping[str, np.ndarray], dict[str, Any]]],
    keep: Callable[[S], None] | None = None,
) -> S:
    """Computes `study` and saves arrays, result and status in one transaction; `keep` writes what follows from it.

    A study whose numbers cannot be had is saved as failed with a sentence, never raised; other errors are raised after
    they are saved. When the database goes away nothing is saved: the job is tried again.
    """
    manager = type(study)._default_manager
    manager.filter(pk=study.pk).update(status=study.Status.RUNNING, started_at=timezone.now(), progress=0, words="")
    try:
        arrays, result = compute(study, Reporter(study))
        with transaction.atomic():
            study.inputs = Blob.keep(packed(arrays))
            study.result, study.version, study.status = result, __version__, study.Status.DONE
            study.progress, study.words, study.finished_at = 1, "", timezone.now()
            study.save()
            if keep is not None:
                keep(study)
    except CannotStudy as reason:
        _fail(study, str(reason))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        _fail(study, "It stopped at an error, which is in the log. What was there before still stands; run it again.")
        raise
    return study


def _fail(study: StudyRecord, words: str) -> None:
    study.status, study.words, study.finished_at = study.Status.FAILED, words[:300], timezone.now()
    study.save(update_fields=["status", "words", "finished_at"])


def packed(arrays: Mapping[str, np.ndarray]) -> bytes:
    """The arrays as one NPZ file, equal bytes for equal arrays. Texts are kept as fixed-width Unicode."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **dict(sorted(arrays.items())))
    return buffer.getvalue()


def unpacked(blob: Blob) -> dict[str, np.ndarray]:
    """The arrays of a blob that `packed` made."""
    with np.load(io.BytesIO(bytes(blob.content)), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}
