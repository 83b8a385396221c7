"""Every main page, by the person it is made for, at three widths, in the light and in the dark: no finding of axe,
nothing that scrolls sideways, no complaint of the browser."""

import pytest

COURSE = "/courses/project-life-cycle/"
LESSON = f"{COURSE}execution-and-control/"
TALK = f"{COURSE}planning/questions/"

# An address, or a page and the link on it that leads to the page meant.
PAGES = {
    "new": (
        "/", "/courses/", COURSE, LESSON, f"{LESSON}check/", TALK, (TALK, "main .item h2 a"), "/posts/1/", "/glossary/", "/search?q=risk", "/templates/", ("/templates/", "main table th a"),
        ("/courses/", "main a[href^='/paths/']"), "/certificates/", "/review/", "/review/cards/", "/notes/", f"{COURSE}as-one-page/", "/items/GOV-1/", "/teams/har/rounds/2/", "/teams/har/rounds/2/answer/",
        "/teams/har/rounds/2/answer/TAL/", "/teams/har/rounds/2/check/", "/mentoring/", "/mentoring/mentors/", ("/mentoring/mentors/", ".card h3 a"),
        "/mentoring/pairings/1/", "/skills/", "/skills/rate/", "/skills/evidence/", "/settings/", ("/settings/", "main a[href^='/people/']"), "/settings/calendar/", "/settings/reminders/",
    ),
    "lead.har": (
        "/", "/teams/", "/teams/har/", "/teams/har/profile/", "/teams/har/profile/edit", "/teams/har/people/", "/teams/har/rounds/",
        "/teams/har/rounds/1/", "/teams/har/rounds/1/results/", "/teams/har/rounds/1/agreed-levels/", "/teams/har/rounds/2/invite/",
        "/teams/har/rounds/2/close/", "/teams/har/roadmap/", "/teams/har/roadmap/plan/", "/teams/har/roadmap/plans/1/",
        "/teams/har/roadmap/?view=list", "/teams/har/roadmap/?view=time", "/teams/har/roadmap/compare/?plan=1", "/teams/har/roadmap/plan/?like=1",
        ("/teams/har/roadmap/", ".task.done h4 a"), ("/teams/har/roadmap/", ".task:not(.done) h4 a"), "/skills/team/har/",
        "/teams/har/roadmap/import/", "/assignments/", ("/assignments/", "main table th a"), "/assignments/new",
    ),
    "mentor": (
        "/", "/mentoring/", "/mentoring/pairings/1/", "/mentoring/pairings/1/plan", "/mentoring/pairings/1/end",
        ("/mentoring/pairings/1/", ".trail .done h3 a"), "/mentoring/profile/",
    ),
    "pmo": (
        "/", "/programme/", "/questions/", "/questions/project-life-cycle/initiation/", "/courses/pmo-foundations/questions/", "/posts/2/hide/", ("/programme/", "#people .heat th a"), "/skills/team/kes/", "/mentoring/programme/", "/mentoring/approvals/",
        "/teams/mer/rounds/1/results/", "/teams/kes/rounds/new/", "/teams/bri/rounds/3/workshop/", "/teams/gra/rounds/2/agenda/", "/teams/gra/roadmap/",
    ),
    "admin": (
        "/admin/", "/admin/people/", ("/admin/people/", "main table th a"), "/admin/people/add", "/admin/people/import/", "/admin/teams/",
        "/admin/teams/har/", "/admin/organisation/", "/admin/jobs/", "/admin/events/", "/design/",
    ),
}
# Forms and lists made of the parts of another page in this list: looked at once, not from every side.
ONCE = {
    "/posts/1/", "/posts/2/hide/", "/courses/pmo-foundations/questions/", f"{COURSE}as-one-page/", "/glossary/", "/certificates/", "/notes/", "/skills/evidence/",
    "/settings/reminders/", "/teams/har/rounds/2/answer/", "/teams/har/roadmap/plan/?like=1", "/teams/har/roadmap/plans/1/", "/teams/har/profile/edit",
    "/teams/har/rounds/1/agreed-levels/", "/teams/har/rounds/2/close/", "/teams/har/rounds/", "/assignments/new", "/mentoring/pairings/1/end", "/mentoring/approvals/",
    "/admin/people/add", "/admin/people/import/", "/admin/organisation/", "/admin/jobs/",
}


@pytest.mark.parametrize("who", PAGES)
def test_every_page_is_without_findings(visitor, who):
    person = visitor().sign_in(f"{who}@demo.example")
    faults = []
    for place in PAGES[who]:
        try:
            if isinstance(place, str):
                person.open(place, around=place not in ONCE)
            else:
                person.page.goto(place[0])
                person.open(person.page.locator(place[1]).first.get_attribute("href"), around=True)
        except AssertionError as fault:
            faults.append(str(fault))
            person.complaints.clear()
    assert not faults, "\n\n".join(faults)
