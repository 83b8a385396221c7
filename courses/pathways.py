"""Which lessons suit a skill gap, a role's path or a weak questionnaire item."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from courses.catalogue import Catalogue, Lesson


@dataclass(frozen=True)
class SkillGap:
    """A competence and how far it is below its target (levels); `importance` weighs it (1 is usual)."""

    competence: str
    gap: float
    importance: float = 1.0

    @property
    def weight(self) -> float:
        """Gap times importance: a gap of 2 with importance 3 weighs 6."""
        return self.gap * self.importance


@dataclass(frozen=True)
class Suggestion:
    """A lesson and the competences it helps with, the heaviest gap first; `weight` is that of the first."""

    lesson: Lesson
    competences: tuple[str, ...]
    weight: float


def lessons_for_gaps(
    catalogue: Catalogue, gaps: Iterable[SkillGap], passed: Collection[str]
) -> tuple[Suggestion, ...]:
    """Lessons that build a missing competence: by the largest gap x importance, then in course order.

    `passed`: ids of lessons that are done, which are skipped. Gaps of 0 or below ask for nothing.
    With P03 (gap 1) and P06 (gap 2), C07-1 (P06) comes before C05-2 (P03).
    """
    open_gaps = sorted((gap for gap in gaps if gap.weight > 0), key=lambda gap: (-gap.weight, gap.competence))
    found = []
    for lesson in catalogue.lessons_in_order():
        served = [gap for gap in open_gaps if gap.competence in lesson.competences]
        if served and lesson.id not in passed:
            found.append(Suggestion(lesson, tuple(gap.competence for gap in served), served[0].weight))
    return tuple(sorted(found, key=lambda suggestion: -suggestion.weight))


def lessons_for_path(catalogue: Catalogue, path_id: str, passed: Collection[str]) -> tuple[Lesson, ...]:
    """The lessons still to do on a path, in the path's own order. Errors: NotInCatalogue."""
    path = catalogue.path(path_id)
    written = (catalogue.course(course) for course in path.courses if catalogue.has_course(course))
    wanted = (
        lesson
        for course in written
        for lesson in course.lessons
        if lesson.id in path.only.get(course.id, (lesson.id,))
    )
    return tuple(lesson for lesson in wanted if lesson.id not in passed)


def lessons_for_item(catalogue: Catalogue, item: str, passed: Collection[str] = ()) -> tuple[Lesson, ...]:
    """The lessons that serve a weak questionnaire item and are not done yet, in course order."""
    return tuple(lesson for lesson in catalogue.lessons_for_item(item) if lesson.id not in passed)
