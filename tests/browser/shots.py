"""`make shots`: every screen of the sample company at 1440 and 390 px, light and dark, into shots/.

The sample company is built in var/shots when it is not there yet, and served while the pictures are taken; `--url`
takes them from one that runs already (`clearspan demo`). `--only inbox` takes the screens with that in their name.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.sights import SIGHTS, Sight
from tests.run import browser as chromium

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "shots"
HOME = ROOT / "var" / "shots"
WIDTHS = (1440, 390)
SCHEMES = ("light", "dark")
BUILDING = 900  # seconds that the sample company may take to be built and served
TALLEST = 6_000  # pixels; a longer page is cut there


def main() -> int:
    """0: every picture was taken. 1: there is no Chromium, or pages that could not be shown were named."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.shots", description=__doc__)
    parser.add_argument("--url", help="a sample company that runs already")
    parser.add_argument("--only", default="", help="screens with this in their name")
    arguments = parser.parse_args()
    if chromium() is None:
        print("There is no Chromium: install it, or say where it is in CHROMIUM.", file=sys.stderr)
        return 1
    chosen = [sight for sight in SIGHTS if arguments.only in sight.name]
    SHOTS.mkdir(exist_ok=True)
    with _served(arguments.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        failed = [line for line in _take(browser, url, chosen) if line]
        browser.close()
    print(
        "\n".join(["", *failed]) if failed else f"\n{len(chosen)} screens, {len(WIDTHS) * len(SCHEMES)} pictures each"
    )
    return 1 if failed else 0


def _take(browser: Browser, url: str, sights: list[Sight]) -> Iterator[str]:
    """Takes them person by person; says what could not be shown."""
    for who in dict.fromkeys(sight.who for sight in sights):
        context = browser.new_context(base_url=url, viewport={"width": WIDTHS[0], "height": 900})
        page = context.new_page()
        page.set_default_timeout(60_000)
        if who:
            _become(page, who)
        for sight in (sight for sight in sights if sight.who == who):
            yield _shoot(page, sight)
        context.close()


def _shoot(page: Page, sight: Sight) -> str:
    path = sight.find(page)
    if path is None:
        return f"{sight.name}: the sample company has no such page"
    answer = page.goto(path)
    if answer is None or answer.status != sight.status:
        return f"{sight.name}: {path} answered {answer.status if answer else 'nothing'}"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        tall = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": min(tall, TALLEST)})  # so that bars stand where they belong
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=SHOTS / f"{sight.name}-{width}-{scheme}.png")
    print(f"{sight.name:32} {path}", flush=True)
    return ""


def _become(page: Page, function: str) -> None:
    """Comes in as the first person of that function, as the sample company allows from this machine."""
    page.goto("/account/login/")
    people = page.locator("main li").filter(has_text=function)
    if people.count() == 0:
        raise SystemExit(f"This is no sample company: nobody of {function} can be chosen at {page.url}.")
    people.first.get_by_role("button").click()
    page.wait_for_url(lambda url: "/account/login" not in url)  # a supplier's person lands on a page of their own


@contextmanager
def _served(url: str | None) -> Iterator[str]:
    """The address of a sample company: the one given, or one that is served as long as this lasts."""
    if url is not None:
        yield url
        return
    port = _free_port()
    command = [sys.executable, "-m", "clearspan", "demo", "--port", str(port)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLEARSPAN_")}
    server = subprocess.Popen(command, env=kept | {"CLEARSPAN_HOME": str(HOME)})
    try:
        yield _once_it_answers(server, f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(60)


def _once_it_answers(server: subprocess.Popen[bytes], url: str) -> str:
    end = time.monotonic() + BUILDING
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/account/login/", timeout=5):  # noqa: S310 our own address
                return url
        except OSError:
            time.sleep(1)
    raise SystemExit("The sample company did not come up.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
