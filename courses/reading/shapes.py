"""The fields of each content file, and faults in plain words where a file does not fit them."""

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from courses.reading.source import Faults
from courses.reading.yaml_lines import Document
from courses.time_limit import LEAST_MINUTES, MOST_MINUTES


def _stripped(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text.strip()


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a number, written like 40 or 12.5")
    return Decimal(str(value))


Text = Annotated[str, Field(max_length=4000), AfterValidator(_stripped)]
_KEY = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"
NAME = r"^[A-Za-z]+[0-9]*$"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Key = Annotated[str, Field(pattern=_KEY)]
Slug = Annotated[str, Field(pattern=_SLUG, max_length=80)]
Number = Annotated[Decimal, BeforeValidator(_decimal)]
Limit = Annotated[int, Field(ge=LEAST_MINUTES, le=MOST_MINUTES)] | None


class Shape(BaseModel):
    """A mapping whose fields are all known and have exactly the type that is asked for."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class CourseCheckShape(Shape):
    """`check:` in course.yaml"""

    questions: Annotated[int, Field(ge=5, le=60)]
    pass_mark: Annotated[int, Field(ge=1)]
    every_days: Annotated[int, Field(ge=1, le=365)] = 30
    test_out: bool = False
    minutes: Limit = None


class CriterionShape(Shape):
    """One criterion of an exercise"""

    id: Slug
    name: Text
    levels: Annotated[list[Text], Field(min_length=3, max_length=3)]


class ReviewShape(Shape):
    """The exercise of a course that somebody else reviews"""

    title: Text
    task: Text
    minutes: Annotated[int, Field(ge=15, le=240)]
    lesson: Key
    certificate: bool = False
    criteria: Annotated[list[CriterionShape], Field(min_length=4, max_length=6)]


class CourseShape(Shape):
    """course.yaml"""

    id: Key
    title: Text
    summary: Text
    for_whom: Text
    level: Literal["foundation", "practitioner", "advanced"]
    needs: list[Key] = []
    outcomes: Annotated[list[Text], Field(min_length=3, max_length=6)]
    revision: Annotated[int, Field(ge=1)]
    lessons: Annotated[list[Slug], Field(min_length=1, max_length=99)]
    review: ReviewShape | None = None
    valid_months: Annotated[int, Field(ge=1, le=120)] | None = None
    check: CourseCheckShape | None = None


class LessonShape(Shape):
    """Front matter of NN-<lesson>.md"""

    id: Key
    title: Text
    minutes: Annotated[int, Field(ge=20, le=40)]
    summary: Text
    objectives: Annotated[list[Text], Field(min_length=1, max_length=8)]
    competences: list[Key] = []
    items: list[Key] = []
    templates: list[Key] = []
    terms: list[Key] = []


class TemplateShape(Shape):
    """Front matter of templates/<id>-<name>.md"""

    id: Key
    title: Text
    about: Text


class TermShape(Shape):
    """One entry of glossary.yaml"""

    id: Slug
    term: Text
    meaning: Text
    also: list[Text] = []


class PathShape(Shape):
    """One entry of paths.yaml"""

    id: Slug
    title: Text
    for_whom: Text
    about: Text
    courses: Annotated[list[Key], Field(min_length=1)]
    weeks: Annotated[int, Field(ge=1, le=260)]
    only: dict[Key, Annotated[list[Key], Field(min_length=1)]] = {}
    roles: list[Key] = []


class PlannedLessonShape(Shape):
    """One lesson of curriculum.yaml"""

    id: Key
    title: Text
    competences: list[Key] = []
    items: list[Key] = []
    templates: list[Key] = []


class PlannedCourseShape(Shape):
    """One course of curriculum.yaml"""

    id: Key
    title: Text
    about: Text
    needs: list[Key] = []
    lessons: Annotated[list[PlannedLessonShape], Field(min_length=1)]


_S = TypeVar("_S", bound=Shape)
_PATTERNS = {
    NAME: "must be named by letters, then perhaps digits, like AC or P1",
    _KEY: "must be at most 40 letters, digits, dots and dashes, without spaces",
    _SLUG: "must be lower-case words and digits with dashes between them",
}
_TYPES = {
    "string_type": "must be text; put quotes around it if it looks like a number",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
    "missing": "is missing",
    "extra_forbidden": "is not a field here",
    "union_tag_not_found": "is missing",
}


def fit(shape: type[_S], document: Document, faults: Faults) -> _S | None:
    """The document as that shape, or None after one fault for each field that does not fit."""
    try:
        return shape.model_validate(document.value)
    except ValidationError as error:
        for found in error.errors(include_url=False, include_input=False):
            place = found["loc"]
            if found["type"].startswith("union_tag"):
                place = (*place, "type")
            faults.add(document.file, document.line(*place), f"{_name(place)} {_reason(found)}".strip())
    return None


def fit_each(shape: type[_S], document: Document, key: str, faults: Faults) -> list[tuple[_S, Document]]:
    """The entries below the only field `key`, each fitted on its own, so that a bad one spoils no other."""
    if not isinstance(document.value, dict) or not isinstance(document.value.get(key), list):
        faults.add(document.file, document.line(), f"the file must hold `{key}:` and a list below it")
        return []
    for other in document.value:
        if other != key:
            faults.add(document.file, document.line(other), f"`{other}` is not a field here")
    parts = [document.part(key, place) for place in range(len(document.value[key]))]
    fitted = ((fit(shape, part, faults), part) for part in parts)
    return [(entry, part) for entry, part in fitted if entry is not None]


def _name(place: tuple[int | str, ...]) -> str:
    if place and place[-1] == "[key]":
        place = place[:-1]
    if not place:
        return "this part"
    if isinstance(place[-1], int):
        above = next((step for step in reversed(place) if isinstance(step, str)), "list")
        return f"entry {place[-1] + 1} of `{above}`"
    return f"`{place[-1]}`"


def _reason(found: Any) -> str:
    kind, context = found["type"], found.get("ctx", {})
    if kind in _TYPES:
        return _TYPES[kind]
    if kind == "value_error":
        return str(context["error"])
    if kind in ("literal_error", "union_tag_invalid"):
        return f"must be one of {context.get('expected') or context.get('expected_tags')}"
    if kind == "string_pattern_mismatch":
        return _PATTERNS[context["pattern"]]
    limits = {
        "greater_than": "must be more than {gt}",
        "greater_than_equal": "must be at least {ge}",
        "less_than_equal": "must be at most {le}",
        "too_short": "needs at least {min_length} entries",
        "too_long": "may have at most {max_length} entries",
        "string_too_long": "may have at most {max_length} characters",
    }
    return limits[kind].format(**context) if kind in limits else f"does not fit: {found['msg']}"
