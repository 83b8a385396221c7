"""What content says of other content is there: actions name lessons, measures, templates and owners that exist."""

from app.config import ROOT
from app.content import read_content

LIBRARY, FAULTS = read_content(ROOT / "content")
ACTIONS = LIBRARY.improvements["pmo-maturity"].actions


def test_all_content_reads_without_a_fault():
    assert FAULTS == ()


def test_there_are_180_actions_for_45_items():
    model = LIBRARY.questionnaires["pmo-maturity"]
    assert len(model.items) == 45
    assert {a.item for a in ACTIONS.values()} == {item.id for item in model.items}
    assert len(ACTIONS) == 180


def test_every_action_names_lessons_of_the_curriculum():
    known = {lesson.id for course in LIBRARY.catalogue.curriculum for lesson in course.lessons}
    assert {lesson for action in ACTIONS.values() for lesson in action.lessons} <= known


def test_every_action_names_a_measure_and_an_owner_that_exist():
    assert {action.kpi for action in ACTIONS.values()} - {None} <= set(LIBRARY.kpis)
    assert {action.owner for action in ACTIONS.values()} - {"PMO lead"} <= set(LIBRARY.skills.owner_roles)


def test_no_two_actions_share_a_title_and_no_reason_is_used_twice():
    titles = [action.title for action in ACTIONS.values()]
    reasons = [action.why for action in ACTIONS.values()]
    assert len(set(titles)) == len(titles)
    assert len(set(reasons)) == len(reasons)


WRITTEN = ("DEL", "GOV", "KNO", "MTH", "STK", "STR", "TAL", "VAL")


def test_every_action_of_these_dimensions_is_worked_with_result_evidence_and_measure():
    for action in ACTIONS.values():
        if action.item.startswith(WRITTEN):
            assert action.worked, action.id
            assert all((action.deliverable, action.evidence, action.kpi, action.lessons)), action.id


def test_no_step_result_or_evidence_is_used_by_two_actions():
    for texts in ([s for a in ACTIONS.values() for s in a.steps], [a.deliverable for a in ACTIONS.values()], [a.evidence for a in ACTIONS.values()]):
        written = [text for text in texts if text]
        assert len(set(written)) == len(written)


def test_every_template_that_actions_and_lessons_name_can_be_downloaded():
    delivered = {action.template for action in ACTIONS.values() if action.template}
    taught = {template for course in LIBRARY.catalogue.curriculum for lesson in course.lessons for template in lesson.templates}
    assert len(delivered) >= 40
    assert delivered | taught <= {template.id for template in LIBRARY.catalogue.templates}


def test_the_lock_files_hold_no_addresses():
    for name in ("requirements.lock", "requirements-test.lock"):
        assert "://" not in (ROOT / name).read_text()
