"""The files a browser loads: one stylesheet joined from its parts, scripts under an address that changes with their content."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, send_from_directory

from app.access import policy

STATIC = Path(__file__).resolve().parent.parent / "static"
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);\n?')
FOR_EVER = "public, max-age=31536000, immutable"

pages = Blueprint("assets", __name__)


def joined_styles(folder: Path) -> str:
    """main.css with its imports put in, each inside its layer, and all that a browser does not need left out."""
    def put_in(found: re.Match[str]) -> str:
        return f"@layer {found[2]} {{\n{(folder / found[1]).read_text(encoding='utf-8')}\n}}\n"

    return squeezed(IMPORT.sub(put_in, (folder / "main.css").read_text(encoding="utf-8")))


def squeezed(css: str) -> str:
    """Without comments and needless blanks. Blanks around + and - stay: calc() needs them."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>~])\s*", r"\1", css)
    css = re.sub(r":\s+", ":", css)
    css = re.sub(r"(?<![\d.])0\.(\d)", r".\1", css)
    return css.replace(";}", "}").strip()


STYLES = joined_styles(STATIC / "css")
VERSION = hashlib.sha256(
    STYLES.encode() + b"".join(path.read_bytes() for path in sorted(STATIC.rglob("*")) if path.suffix in {".js", ".svg"})
).hexdigest()[:12]


@pages.get(f"/assets/{VERSION}/site.css")
@policy("public")
def styles() -> Any:
    answer = Response(STYLES, mimetype="text/css")
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


@pages.get("/assets/<version>/<path:name>")
@policy("public")
def asset(version: str, name: str) -> Any:
    if not name.endswith((".js", ".svg")):
        abort(404)
    answer = send_from_directory(STATIC, name)
    answer.headers["Cache-Control"] = FOR_EVER if version == VERSION else "no-cache"
    return answer


@pages.get("/favicon.ico")
@policy("public")
def favicon() -> Any:
    answer = send_from_directory(STATIC, "img/mark.svg")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
