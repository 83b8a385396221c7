"""Chart.js draws the radar with what the site hands it: the packaged file is served in place of the network's."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from app.config import CHART_JS_INTEGRITY, CHART_JS_URL

RESULTS = "/teams/har/rounds/1/results/"
INK = """canvas => {
  const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  for (let at = 0; at < dots.length; at += 4) if (dots[at + 3] > 200) colours.add(`${dots[at]},${dots[at + 1]},${dots[at + 2]}`);
  return colours.size;
}"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file that the address of the settings stands for, out of its package."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to fetch the package with")
    folder: Path = tmp_path_factory.mktemp("chart")
    name = CHART_JS_URL.split("/npm/")[1].split("/")[0]
    fetched = subprocess.run([npm, "pack", "--silent", name], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if fetched.returncode:
        pytest.skip(f"the package could not be fetched: {fetched.stderr[-200:]}")
    with tarfile.open(folder / fetched.stdout.strip().splitlines()[-1]) as package:
        held = package.extractfile("package/dist/chart.umd.min.js")
        assert held is not None
        return held.read()


def served(visitor: Any, library: bytes, body: bytes | None = None, **how: Any) -> Any:
    lead = visitor(**how)
    lead.context.route(CHART_JS_URL, lambda route: route.fulfill(
        body=body or library, content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"},
    ))
    return lead.sign_in("lead.har@demo.example")


def test_the_integrity_of_the_settings_is_that_of_the_package(library):
    assert f"sha384-{base64.b64encode(hashlib.sha384(library).digest()).decode()}" == CHART_JS_INTEGRITY


@pytest.mark.parametrize("how", [{"scheme": "light"}, {"scheme": "dark"}, {"width": 360}], ids=["light", "dark", "phone"])
def test_the_library_draws_the_radar_under_the_policy_of_the_site(visitor, library, how):
    lead = served(visitor, library, **how)
    page = lead.open(RESULTS)
    canvas = page.locator("div.radar canvas")
    canvas.wait_for()
    assert canvas.get_attribute("aria-label")
    assert page.locator("svg.radar").count() == 0
    assert canvas.evaluate(INK) > 5
    names = page.evaluate("Chart.getChart(document.querySelector('div.radar canvas')).data.labels")
    assert len(names) == 8
    shown = page.evaluate("Chart.getChart(document.querySelector('div.radar canvas')).data.datasets.map(d => [d.label, d.data.length])")
    assert [length for _, length in shown] == [8] * len(shown)
    assert len(shown) >= 2
    assert not lead.strangers
    canvas.hover(position=page.evaluate("(({ x, y }) => ({ x, y }))(Chart.getChart(document.querySelector('div.radar canvas')).getDatasetMeta(1).data[0])"))
    page.wait_for_function("Chart.getChart(document.querySelector('div.radar canvas')).tooltip.body?.[0].lines[0].endsWith(': 1.88')")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("svg.radar").count() == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("div.radar canvas").count() == 1


def test_a_changed_library_is_refused_and_the_drawing_stays(visitor, library):
    lead = served(visitor, library, body=library + b"\n// changed on the way")
    page = lead.page
    page.goto(RESULTS)
    page.wait_for_load_state("load")
    assert page.evaluate("typeof window.Chart") == "undefined"
    assert page.locator("svg.radar").count() == 1
    assert page.locator("div.radar").count() == 0
