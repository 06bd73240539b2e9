"""What are people saying? Method and sources: docs/methods/themes.md."""

from clearspan.engines.themes.assignment import Assigner, Precision, Suggestion, learn
from clearspan.engines.themes.clusters import Clusters, kmeans
from clearspan.engines.themes.duplicates import Pair, duplicates
from clearspan.engines.themes.labels import Label, label
from clearspan.engines.themes.meaning import Gathering, Meaning, meaning, packed, titled, unpacked
from clearspan.engines.themes.nearest import nearest
from clearspan.engines.themes.study import VERSION, WAYS, Theme, ThemesResult, read_by, study
from clearspan.engines.themes.vectors import Space, Vocabulary, space

__all__ = [
    "VERSION",
    "WAYS",
    "Assigner",
    "Clusters",
    "Gathering",
    "Label",
    "Meaning",
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
    "meaning",
    "nearest",
    "packed",
    "read_by",
    "space",
    "study",
    "titled",
    "unpacked",
]
