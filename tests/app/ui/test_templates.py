"""The templates as they are written."""

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

FOLDER = Path(__file__).resolve().parents[3] / "app" / "templates"
OF_THE_FRAME = {"here", "assets", "given_back", "chart_js"}


def taken(source):
    """Names that a template sets outside of any block, where the layout would read them instead of its own."""
    outside = [node for node in Environment().parse(source).body if isinstance(node, nodes.Assign | nodes.AssignBlock)]
    return {name.name for node in outside for name in node.find_all(nodes.Name) if name.ctx == "store"}


@pytest.mark.parametrize("template", sorted(FOLDER.rglob("*.html")), ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_no_template_takes_a_name_the_frame_reads(template):
    assert not taken(template.read_text(encoding="utf-8")) & OF_THE_FRAME


def test_the_check_sees_a_name_that_is_taken():
    assert taken("{% set here = 1 %}{% block main %}{% set assets = 2 %}{% endblock %}") == {"here"}
