"""XML -> a small tree with line numbers. A document type, and with it every entity, is refused before it is read.

So a short file cannot grow into a large one, and no other file or address is ever opened.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

from courses.exchange.items import NotUnderstood

MAX_DEPTH = 40


@dataclass
class Node:
    """An element: name, attributes, children, the text right inside, the line of its start."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> list["Node"]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def said(self, *path: str) -> str:
        """The text at the end of a path of first children, stripped; empty where there is none."""
        here: Node | None = self
        for name in path:
            here = next(iter(here.all(name)), None) if here else None
        return here.text.strip() if here else ""


def tree_of(raw: bytes) -> Node:
    """The root of a document. Errors: NotUnderstood with the line."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    root = Node("", 1)
    here = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(here) > MAX_DEPTH:
            raise NotUnderstood(f"nested more than {MAX_DEPTH} levels deep", parser.CurrentLineNumber)
        node = Node(name, parser.CurrentLineNumber, attributes)
        here[-1].children.append(node)
        here.append(node)

    def words(text: str) -> None:
        here[-1].text += text

    def refuse(*_: object) -> None:
        raise NotUnderstood("a document type or an entity of its own is not read", parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: here.pop()
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise NotUnderstood(f"this is not XML: {expat.errors.messages[error.code]}", error.lineno) from None
    except (LookupError, ValueError):
        raise NotUnderstood("the encoding of the file is not known", 1) from None
    return root.children[0]
