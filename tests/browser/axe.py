"""axe, which looks for what keeps people with a screen reader, without a mouse or with weak sight from using a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RUN = "async only => (await axe.run(document, {preload: false, resultTypes: ['violations'], ...only})).violations"
SETTLE = """() => {
  for (const animation of document.getAnimations()) {
    if (animation.effect.getComputedTiming().endTime === Infinity) animation.cancel();
    else animation.finish();
  }
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}"""


def violations(page: Page, only: dict[str, Any]) -> list[str]:
    """What is wrong, in words; of the rules that `only` names, or of all. The page has AXE already."""
    return [_told(one) for one in page.evaluate(RUN, only)]


def _told(violation: dict[str, Any]) -> str:
    nodes = [f"{node['target']}: {node['html'][:160]}" for node in violation["nodes"][:4]]
    return f"{violation['id']} ({len(violation['nodes'])}): " + " | ".join(nodes)
