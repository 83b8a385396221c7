"""Sheets without names are touched in one module, and answers leave no key behind (P24, R3, R23)."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOUCH = {"app/models/__init__.py", "app/records/anonymous.py", "app/demo/removal.py"}
SHEETS = {"AnonymousSheet", "AnonymousComment"}


def names_in(path: Path) -> set[str]:
    """Every name a module uses or imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found | {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_one_module_touches_answers_without_names() -> None:
    touching = {str(path.relative_to(ROOT)) for path in sorted((ROOT / "app").rglob("*.py")) if names_in(path) & SHEETS}
    assert touching == TOUCH
    raw = [path for path in sorted((ROOT / "app").rglob("*.py")) if "anonymous_sheet" in path.read_text(encoding="utf-8")]
    assert {path.parent.name for path in raw} == {"models", "versions"}


def test_the_module_never_names_a_person() -> None:
    used = names_in(ROOT / "app/records/anonymous.py")
    assert not used & {"Person", "person_id", "Event", "clock", "now"}
