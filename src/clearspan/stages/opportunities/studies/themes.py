"""Runs studies of themes: what the feedback that speaks of no need is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.conf import settings
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.studies import CannotStudy, Reporter
from clearspan.core.studies import run as run_study
from clearspan.engines import themes as engine
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Theme, ThemeStudy
from clearspan.stages.opportunities.studies.suggestions import LONGEST

MOST = 50_000  # texts, the newest
FEWEST = 12
SHOWN = 60  # proposals, at most: more than a person goes through in one sitting
MEMBERS = 500  # of a proposal, the nearest
SMALLEST = 3  # pieces of feedback that make a proposal
LOOSE = 0.35  # cosine under which a text is not like its theme


def run(study: int) -> ThemeStudy:
    """Runs the study with this number, unless somebody stopped it while it waited."""
    row = ThemeStudy.objects.select_related("product").get(pk=study)
    return run_study(row, _compute, _keep) if row.is_under_way else row


def run_now(product: Product, seed: int = 0) -> ThemeStudy:
    """Looks for themes at once, in this process."""
    return run(ThemeStudy.objects.create(product=product, seed=seed).pk)


def _compute(study: ThemeStudy, reporter: Reporter) -> tuple[dict[str, Any], dict[str, Any]]:
    reporter.progress(0.05, "reading what is linked to no need")
    rows = list(
        Feedback.objects.filter(product=study.product, mentions=None, state=Feedback.State.NEW)
        .order_by("-said_at", "-pk")
        .values_list("pk", "account", "title", "text")[:MOST]
    )
    if len(rows) < FEWEST:
        raise CannotStudy(
            f"Themes show from about {FEWEST} unsorted pieces of feedback on; there are {len(rows)}. Sort them by hand."
        )
    reporter.progress(0.2, f"reading {len(rows):,} texts")
    texts = [f"{title}\n{text}"[:LONGEST] for *_, title, text in rows]
    found = engine.study(texts, seed=study.seed, by=settings.ENV["texts"])
    if reporter.stop_is_asked():
        raise CannotStudy("It was stopped. What was proposed before stands.")
    proposals = _proposals(found, [pk for pk, *_ in rows], [account for _, account, *_ in rows])
    copies = [[rows[pair.first][0], rows[pair.second][0], round(pair.similarity, 3)] for pair in found.duplicates]
    arrays = {"feedback": np.array([pk for pk, *_ in rows]), "theme": found.theme, "similarity": found.similarity}
    said = {"engine_version": engine.VERSION, "texts": len(rows), "themes": proposals, "duplicates": copies[:1_000]}
    return arrays, said


def _proposals(
    found: engine.ThemesResult, feedback: Sequence[int], accounts: Sequence[int | None]
) -> list[dict[str, Any]]:
    """Themes worth a look, those of most accounts first; within each, only what is alike."""
    proposals = []
    for theme in found.themes:
        near = [
            (i, round(float(s), 3))
            for i, s in zip(theme.members.tolist(), theme.similarity.tolist(), strict=True)
            if s >= LOOSE
        ]
        if len(near) < SMALLEST or not theme.keywords:
            continue
        heard = {accounts[i] for i, _ in near} - {None}
        proposals.append(
            {
                "label": theme.label[:200],
                "keywords": list(theme.keywords),
                "size": len(near),
                "accounts": len(heard),
                "members": [[feedback[i], s] for i, s in near[:MEMBERS]],
            }
        )
    return sorted(proposals, key=lambda p: (-p["accounts"], -p["size"]))[:SHOWN]


def _keep(study: ThemeStudy) -> None:
    """Proposals of this study take the place of those nobody has decided on."""
    Theme.objects.filter(study__product=study.product, state=Theme.State.PROPOSED).delete()
    now = timezone.now()
    Theme.objects.bulk_create(Theme(study=study, created_at=now, **proposal) for proposal in study.result["themes"])
