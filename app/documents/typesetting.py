"""PDF and pictures set by typst: a template of ours and values as JSON, so nothing a person typed is ever read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import typst

TEMPLATES = Path(__file__).parent / "typ"
ACCESSIBLE: Final = "ua-1"


def pdf(template: str, values: Mapping[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1) of `typ/<template>.typ`, which reads `values` through `house.typ`.

    Values are anything JSON can carry; drawings go in as SVG text. A name in a script no font of this machine has
    cannot be PDF/UA: that document is made without the promise rather than not at all. Raises typst.TypstError when
    the template is at fault.
    """
    given = {"values": json.dumps(values, ensure_ascii=False)}
    path = TEMPLATES / f"{template}.typ"
    try:
        return bytes(typst.compile(path, root=TEMPLATES, format="pdf", pdf_standards=ACCESSIBLE, sys_inputs=given))
    except typst.TypstError as fault:
        if "could not be displayed with font" not in str(fault):
            raise
        return bytes(typst.compile(path, root=TEMPLATES, format="pdf", sys_inputs=given))


def picture(template: str, values: Mapping[str, Any], ending: Literal["png", "svg"]) -> bytes:
    """The one page of `typ/<template>.typ` as a picture, letters drawn as paths; a PNG has 180 points to the inch."""
    given = {"values": json.dumps(values, ensure_ascii=False)}
    return bytes(typst.compile(TEMPLATES / f"{template}.typ", root=TEMPLATES, format=ending, ppi=180, sys_inputs=given))
