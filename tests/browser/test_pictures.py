"""The two pictures of the README. `PICTURES=1` writes them; without it they are taken and thrown away."""

import os
import struct

import pytest

from tests.browser.conftest import ROOT

FOLDER = ROOT / "docs" / "pictures"
PICTURES = {"results": ("lead.har", "/teams/har/rounds/1/results/"), "roadmap": ("lead.har", "/teams/har/roadmap/")}


@pytest.mark.parametrize("name", PICTURES)
def test_the_top_of_a_page_makes_a_picture(visitor, name):
    who, address = PICTURES[name]
    lead = visitor().sign_in(f"{who}@demo.example")
    lead.page.set_viewport_size({"width": 1280, "height": 1000})
    lead.page.goto(address)
    lead.page.wait_for_load_state("networkidle")
    picture = lead.page.screenshot()
    assert picture.startswith(b"\x89PNG\r\n")
    assert struct.unpack(">II", picture[16:24]) == (1280, 1000)
    assert 20_000 < len(picture) < 250_000
    if os.environ.get("PICTURES") == "1":
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{name}.png").write_bytes(picture)
