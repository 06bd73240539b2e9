"""What this stage says on pages of others, by noun.

Fills: `counts`, `opportunity.reached`, `option`, `definition`, `opportunity.options`, `roadmap.dates`,
`roadmap.progress`. Offers on its own page: `development` (fragments of one line each at its top, about a product),
filled by the nouns of this stage too.
"""

from __future__ import annotations


def provide() -> None:
    """Registers this stage's answers: each noun has a `provide` of its own, called here."""
    from clearspan.stages.development.panels import drift, forecast, items, supply, trackers

    for noun in (items, forecast, drift, supply, trackers):  # in which order they stand on the page of development
        noun.provide()
