"""A real browser, the running site, and a page that refuses strangers and is looked at by axe."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(__file__).parent / "shots"
PASSWORD = "a demo password for tests"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
VIOLATIONS = {"resultTypes": ["violations"]}
AXE = {
    "everything": VIOLATIONS,
    "room": VIOLATIONS | {"runOnly": {"type": "rule", "values": ["scrollable-region-focusable", "target-size"]}},
    "colours": VIOLATIONS | {"runOnly": {"type": "rule", "values": ["color-contrast"]}},
}
# (width, scheme, what axe reads): a width changes the room there is and the dark the colours, not the words.
LOOKS: tuple[tuple[int, Any, str], ...] = (
    (1280, "light", "everything"), (768, "light", ""), (360, "light", "room"), (1280, "dark", "colours"),
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("BROWSER_PATH") or next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        sentence = "no Chromium: install the chromium package or set BROWSER_PATH"
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)(sentence)
    flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=flags)
        yield running
        running.close()


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site's database."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def site(instance: Path) -> Iterator[str]:
    """The address of a site started with the README's command on a fresh instance."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "CAIRN_INSTANCE_DIR": str(instance), "CAIRN_DEMO_PASSWORD": PASSWORD, "CAIRN_HASH_TIME": "1", "CAIRN_HASH_MEMORY": "1024",
    }
    log = (instance / "log.txt").open("wb")
    server = subprocess.Popen([sys.executable, "-m", "app", "run", "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(base, server, instance / "log.txt")
        yield base
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail(f"the site stopped: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the site did not start: {log.read_text()[-2000:]}")


def press(control: Locator) -> None:
    """Click a button or link that leads to another page, and wait until that page is there: what is read next is its own."""
    with control.page.expect_navigation():
        control.click()


class Visitor:
    """Somebody at a browser: opens pages of the site, signs in, and has axe look at each page."""

    def __init__(self, browser: Browser, base: str, width: int = 1280, scheme: Any = "light", script: bool = True) -> None:
        self.base = base
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", java_script_enabled=script, base_url=base
        )
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.context.route(lambda url: not url.startswith(base), self._refuse)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _refuse(self, route: Any) -> None:
        self.strangers.append(route.request.url)
        route.abort()

    def _hear(self, kind: str, text: str) -> None:
        expected = "ERR_FAILED" in text or "status of 422" in text  # a stranger refused; a form given back with its faults
        if kind == "error" and not expected:
            self.complaints.append(text)

    def sign_in(self, email: str) -> Visitor:
        """Through the sign-in page, with the demo password."""
        self.page.goto("/sign-in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    def open(self, path: str, around: bool = False) -> Page:
        """Go to *path*; it must exist and be without findings, with *around* at each width, in the light and in the dark."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        if around:
            self.look_around()
        else:
            self.look()
        return self.page

    def look_around(self) -> None:
        """Look at the page at each width, in the light and in the dark, and leave it as it was."""
        faults = []
        for width, scheme, axe in LOOKS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            try:
                self.look(axe)
            except AssertionError as fault:
                faults.append(f"{width} {scheme}: {fault}")
        width, scheme, _ = LOOKS[0]
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)
        assert not faults, "\n\n".join(faults)

    def look(self, axe: str = "everything") -> None:
        """No finding of axe, nothing that scrolls sideways, no complaint of the browser, no stranger asked but the chart library.

        A page that loads itself again meanwhile, because a plan was ready, is looked at once more."""
        try:
            self._look(axe)
        except Error as fault:
            if "context was destroyed" not in str(fault):
                raise
            self.page.wait_for_load_state()
            self._look(axe)

    def _look(self, axe: str) -> None:
        if axe:
            if not self.page.evaluate("'axe' in window"):  # it is large, so each page gets it once
                self.page.evaluate(Axe().axe_script)
            found = AxeResults(self.page.evaluate("options => axe.run(options)", AXE[axe]))
            assert found.violations_count == 0, f"{self.page.url}: {found.generate_report()[:3000]}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide}px"
        assert not self.complaints, f"{self.page.url}: {self.complaints}"
        assert all("chart.js" in url for url in self.strangers), self.strangers

    def shot(self, name: str) -> None:
        """Keep a picture for a person to look at."""
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Any]:
    """`visitor()`, `visitor(width=360, scheme="dark")`: somebody who has not signed in yet."""
    made: list[Visitor] = []

    def arrive(**how: Any) -> Visitor:
        made.append(Visitor(browser, site, **how))
        return made[-1]

    yield arrive
    for one in made:
        one.close()
