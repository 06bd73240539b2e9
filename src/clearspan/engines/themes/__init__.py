"""What are people saying? Method and sources: docs/methods/themes.md."""

from clearspan.engines.themes.assignment import Assigner, Precision, Suggestion, learn
from clearspan.engines.themes.clusters import Clusters, kmeans
from clearspan.engines.themes.duplicates import Pair, duplicates
from clearspan.engines.themes.labels import Label, label
from clearspan.engines.themes.nearest import nearest
from clearspan.engines.themes.study import VERSION, Theme, ThemesResult, study
from clearspan.engines.themes.vectors import Space, Vocabulary, space

__all__ = [
    "VERSION",
    "Assigner",
    "Clusters",
    "Label",
    "Pair",
    "Precision",
    "Space",
    "Suggestion",
    "Theme",
    "ThemesResult",
    "Vocabulary",
    "duplicates",
    "kmeans",
    "label",
    "learn",
    "nearest",
    "space",
    "study",
]
