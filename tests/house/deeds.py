"""How each row of the matrix is asked of the site: a method, an address and the fields of a form that would be accepted.

Addresses and fields name what the stage holds: "/people/{Su}/" is the card of Susan Subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.house.stage import PASSWORD, Stage
from tests.support import sheets


@dataclass(frozen=True)
class Deed:
    """One request."""

    method: str
    path: str
    fields: Mapping[str, Any] = field(default_factory=dict)


Naming = Callable[[Stage, str], Deed]


def get(path: str) -> Naming:
    """Open a page."""
    return lambda stage, who: Deed("GET", path.format_map(stage.names()))


def post(path: str, fields: Mapping[str, Any] | None = None) -> Naming:
    """Send a form."""

    def ask(stage: Stage, who: str) -> Deed:
        names = stage.names()
        filled = {
            name.format_map(names): value.format_map(names) if isinstance(value, str) else [v.format_map(names) for v in value] if isinstance(value, list) else value
            for name, value in (fields or {}).items()
        }
        return Deed("POST", path.format_map(names), filled)

    return ask


def own(mine: Naming, others: Naming) -> Naming:
    """Su does it on the own page; everybody else tries the only page there is for somebody else's."""
    return lambda stage, who: (mine if who == "Su" else others)(stage, who)


def whole_check(stage: Stage, who: str) -> Deed:
    """A check with every question answered."""
    return Deed("POST", f"{CHECK}{{running}}/".format_map(stage.names()), sheets.fields(f"{stage.ids['course id']}-2"))


def import_states(stage: Stage, who: str) -> Deed:
    """The checked table, for the state of the plan as it is staged."""
    fields = {name: value.format_map(stage.names()) for name, value in PLAN_TABLE.items()}
    return Deed("POST", f"{ROADMAP}import/run", {**fields, "stamp": stage.ids["plan stamp"]})


ROUNDS, NORTH, ROADMAP, KPIS = "/teams/north/rounds/", "/teams/north/", "/teams/north/roadmap/", "/teams/north/kpis/"
JOINT = "/programme/rounds/"
CHECK = "/courses/{course}/{lesson 2}/check/"
QUESTION = "Who owns the business case? {{=The sponsor ~The analyst}}"
QUIZ = """pass_mark: 1
questions:
- {{id: q1, type: true-false, text: It is., answer: true, feedback: {{"true": "Yes.", "false": "No."}}}}
"""
WHOLE = "/courses/{whole course}/whole-check/"
TALK = "/courses/{course}/{lesson}/questions/"
PAIRING = "/mentoring/pairings/{pairing}/"
HELD, AHEAD, OLD = f"{PAIRING}sessions/{{held}}/", f"{PAIRING}sessions/{{ahead}}/", "/mentoring/pairings/{past}/sessions/{old}/"
ONE = {"version": "1"}
DETAILS = {"name": "Susan Subject", "job_title": "Analyst", "time_zone": "UTC", "version": "1"}
EDITED = {**DETAILS, "email": "new@mail.example", "role_profile": "NPM", "reason": "A typing mistake"}
ROUND = {
    "version": "1", "title": "Winter", "purpose": "To see.", "model_id": "pmo-maturity", "pmo_type": "SUP", "closes_on": "{later}",
    "mode": "named", "asked": "whole", "min_group": "5", "answers_shown_to_lead": "yes", "shared": "yes",
}
LOG = {"held_on": "{today}", "minutes": "45"}
PLAN = {"held_on": "{soon}", "starts_at": "10:00", "minutes": "45", "version": "1"}
AGREEMENT = {
    "competence1": "P06", "text1": "Run a workshop", "from1": "0", "to1": "2", "due1": "{later}", "rhythm": "two sessions a month", "ends_on": "{latest}",
    "limits": "Between us.",
}
ROSTER = {"text": "name,email\nNew Person,new.person@mail.example\n"}
PLAN_TABLE = {"text": "Action,State\n{planned action of Su},in progress\n"}


def action(state: str, of: str, step: str, fields: Mapping[str, Any] = ONE) -> Naming:
    """A button on the page of an action."""
    return post(f"{ROADMAP}actions/{{{state} action of {of}}}/{step}", fields)


DEEDS: dict[str, Naming] = {
    # people and accounts
    "see card": get("/people/{Su}/"),
    "edit details": own(post("/settings/", DETAILS), post("/admin/people/{Su}/edit", EDITED)),
    "ask to edit": get("/admin/people/{Su}/edit"),
    "change e-mail": own(post("/settings/email", {"email": "new@mail.example"}), post("/admin/people/{Su}/edit", EDITED)),
    "change password": own(post("/settings/password", {"current": PASSWORD, "password": "a new long password"}), post("/admin/people/{Su}/link")),
    "see settings": get("/settings/"),
    "see kept text": get("/kept-text/{kept}/"),
    "drop kept text": post("/kept-text/{kept}/drop"),
    "end sign-in": post("/settings/sign-ins/{other sign-in Su}/end"),
    "end all sign-ins": own(post("/settings/sign-ins/end-others"), post("/admin/people/{Su}/end-sign-ins")),
    "deactivate": post("/admin/people/{Su}/close", {"reason": "Left."}),
    "ask to deactivate": get("/admin/people/{Su}/close"),
    "open account": post("/admin/people/{Su}/open"),
    "see link": get("/admin/people/{Su}/link"),
    # learning
    "read catalogue": get("/courses/"),
    "read course": get("/courses/{course}/"),
    "read whole course": get("/courses/{course}/as-one-page/"),
    "read lesson": get("/courses/{course}/{lesson}/"),
    "read paths": get("/paths/"),
    "read path": get("/paths/{path}/"),
    "read item": get("/items/{item}/"),
    "read template": get("/templates/{template}/"),
    "download template": get("/templates/{template}/download"),
    "visit lesson": post("/courses/{course}/{lesson}/visit"),
    "see own exercise": get("/courses/{course}/exercise/"),
    "hand in exercise": post("/courses/{course}/exercise/", {"text": "A page on our PMO.", "reviewer": "{TL}"}),
    "take exercise back": post("/courses/{course}/exercise/take-back"),
    "list exercises to review": get("/exercises/"),
    "see exercise": get("/exercises/{exercise}/"),
    "review exercise": lambda stage, who: Deed(
        "POST", f"/exercises/{stage.ids['exercise']}/", {"go": "accept", "summary": "Good.", **{stage.ids[name]: "2" for name in stage.ids if name.startswith("level-")}}
    ),
    "see check": get(CHECK),
    "start check": post(CHECK),
    "see running check": get(CHECK + "{running}/"),
    "hand in check": whole_check,
    "autosave check": post(CHECK + "{running}/save"),
    "see extra time": get("/people/{Su}/extra-time/"),
    "give extra time": post("/people/{Su}/extra-time/", {"share": "50", "newest": "{extra time}"}),
    "see questions": get("/questions/"),
    "see question figures": get("/questions/{course}/{lesson}/"),
    "export question figures": post("/questions/{course}/{lesson}/figures.csv"),
    "export question marks": post("/questions/{course}/{lesson}/marks.csv"),
    "export question marks again": get("/questions/{course}/{lesson}/marks.csv"),
    "see feedback": get("/courses/{course}/{lesson}/check/{passed}/"),
    "see content": get("/admin/content/"),
    "bring in course": post("/admin/content/"),
    "take course": get("/admin/content/{course}/course.zip"),
    "see own version": get("/admin/content/{course}/1/"),
    "use own version": post("/admin/content/{course}/1/use"),
    "take back course": post("/admin/content/{course}/take-back"),
    "ask for questions": get("/admin/questions/"),
    "read questions": post("/admin/questions/", {"text": QUESTION}),
    "take quiz file": post("/admin/questions/file", {"quiz": QUIZ}),
    "see stuck": get("/lessons/stuck/"),
    "export stuck": post("/lessons/stuck/export"),
    "see funnel": get("/lessons/funnel/"),
    "export funnel": post("/lessons/funnel/export"),
    "export flow again": get("/lessons/stuck/export"),
    "see course check": get(WHOLE),
    "start course check": post(WHOLE),
    "see running course check": get(WHOLE + "{course try}/"),
    "hand in course check": post(WHOLE + "{course try}/", {"go": "save"}),
    "autosave course check": post(WHOLE + "{course try}/save"),
    "read course asked for": get("/courses/{asked course}/"),
    "list assignments": get("/assignments/"),
    "ask to assign": get("/assignments/new"),
    "assign course": post("/assignments/new", {"course": "{another course}", "audience": "person-{Su}", "due_on": "{later}", "why": "You need it."}),
    "see assignment": get("/assignments/{assignment}/"),
    "change assignment": post("/assignments/{assignment}/change", {"version": "1", "due_on": "{later}", "why": "You need it."}),
    "change assignment of the office": post("/assignments/{office assignment}/change", {"version": "1", "due_on": "{later}", "why": "You need it."}),
    "withdraw assignment": post("/assignments/{assignment}/withdraw"),
    "export assignment": post("/assignments/{assignment}/export"),
    "export assignment again": get("/assignments/{assignment}/export"),
    "see review": get("/review/"),
    "see cards": get("/review/cards/"),
    "answer card": post("/review/{card}/answer", {"{card question id}": "{card answer}"}),
    "rate card": post("/review/{told card}/rate", {"rating": "3"}),
    "undo rating": post("/review/undo"),
    "start review": post("/review/collect"),
    "suspend card": post("/review/{card}/suspend"),
    "resume card": post("/review/{suspended card}/resume"),
    "write note": post("/courses/{course}/{lesson}/notes", {"section": "", "text": "A note of my own."}),
    "see notes": get("/notes/"),
    "see notes at the lesson": get("/courses/{course}/{lesson}/"),
    "see note": get("/notes/{note}/"),
    "change note": post("/notes/{note}/", {"version": "1", "text": "Another text."}),
    "delete note": post("/notes/{note}/delete"),
    "bring note back": post("/notes/{deleted note}/bring-back"),
    "remove bookmark": post("/notes/bookmarks/{bookmark}/remove"),
    "export notes": post("/notes/notes.md"),
    "export notes again": get("/notes/notes.md"),
    "see discussion": get(TALK),
    "ask about lesson": post(TALK, {"kind": "question", "title": "Why so?", "text": "I do not see it."}),
    "see thread": get(TALK + "{question}/"),
    "see hidden thread": get(TALK + "{hidden question}/"),
    "answer question": post(TALK + "{question}/", {"text": "Look at the table."}),
    "see own post": get("/posts/{question}/"),
    "change post": post("/posts/{question}/", {"version": "1", "title": "Why is it so?", "text": "I do not see it yet."}),
    "delete post": post("/posts/{question}/delete"),
    "ask to hide post": get("/posts/{question}/hide/"),
    "hide post": post("/posts/{question}/hide/", {"reason": "It gives an answer away."}),
    "show post": post("/posts/{hidden question}/show"),
    "say what helped": post("/posts/{lesson answer}/helped"),
    "settle question": post("/posts/{question}/settle"),
    "say it helped me": post("/posts/{lesson answer}/helped-me"),
    "see questions of course": get("/courses/{course}/questions/"),
    "see certificate": get("/certificates/{code}/"),
    "list certificates": get("/certificates/"),
    "revoke certificate": post("/certificates/{code}/withdraw", {"why": "mistake", "reason": "It was issued by mistake."}),
    "take certificate": get("/certificates/{code}/certificate.pdf"),
    "take badge": get("/certificates/{code}/badge.jwt"),
    "take badge as picture": get("/certificates/{code}/badge.svg"),
    "see achievement": get("/badges/courses/{course id}/1"),
    "see key of badges": get("/badges/keys/no-such-key"),
    "verify": post("/verify/", {"token": "http://127.0.0.1/certificates/{code}/"}),
    "list outside certificates": get("/skills/certificates/"),
    "see outside certificate": get("/skills/certificates/{outside}/"),
    "decide outside certificate": post("/skills/certificates/{outside}/", {"go": "approve", "reason": "It is known here."}),
    "remove outside certificate": post("/skills/certificates/{outside}/remove"),
    # teams
    "list teams": get("/teams/"),
    "see team": get(NORTH),
    "see members": get(NORTH + "people/"),
    "see profile": get(NORTH + "profile/"),
    "ask to edit profile": get(NORTH + "profile/edit"),
    "set capacity": post(NORTH + "profile/edit", {"version": "1", "capacity": "30", "wip": "3", "pmo_type": "SUP"}),
    "add member": post(NORTH + "people/", {"person": "fay.canary@mail.example"}),
    "add offered": post(NORTH + "people/add", {"person_id": "{Fay}"}),
    "remove member": post(NORTH + "people/remove", {"person_id": "{Nia}"}),
    "appoint lead": post(NORTH + "people/appoint", {"person_id": "{Nia}"}),
    "list admin teams": get("/admin/teams/"),
    "see admin team": get("/admin/teams/north/"),
    "create team": post("/admin/teams/", {"name": "New", "pmo_type": "SUP"}),
    "rename team": post("/admin/teams/north/", {"version": "1", "name": "Far North"}),
    "archive team": post("/admin/teams/east/archive"),
    "bring back team": post("/admin/teams/east/bring-back"),
    "list programmes": get("/admin/programmes/"),
    "create programme": post("/admin/programmes/", {"name": "Another"}),
    "see programme": get("/admin/programmes/{programme}/"),
    "fill programme": post("/admin/programmes/{programme}/", {"version": "1", "name": "Renamed", "teams": ["{team West}"]}),
    "remove programme": post("/admin/programmes/{programme}/remove"),
    # rounds
    "list rounds": get(ROUNDS),
    "see open round": get(ROUNDS + "2/"),
    "see closed round": get(ROUNDS + "1/"),
    "see draft": get(ROUNDS + "3/"),
    "ask to create": get(ROUNDS + "new/"),
    "create round": post(ROUNDS + "new/", ROUND),
    "ask to edit draft": get(ROUNDS + "3/edit/"),
    "edit draft": post(ROUNDS + "3/edit/", ROUND),
    "ask to invite": get(ROUNDS + "2/invite/"),
    "invite": post(ROUNDS + "2/invite/", {"people": "{TL}", "group": "office"}),
    "invite to draft": post(ROUNDS + "3/invite/", {"people": "{TL}", "group": "office"}),
    "take invitation back": post(ROUNDS + "2/invitations/{invitation Ivo}/remove"),
    "ask to invite from outside": get(ROUNDS + "2/invite-outside/"),
    "invite from outside": post(ROUNDS + "2/invite-outside/", {"name": "Olaf Outside", "email": "olaf@supplier.example", "group": "users", "role": "Supplier"}),
    "send new link": post(ROUNDS + "2/invitations/{invitation Gus}/link"),
    "take link away": post(ROUNDS + "2/invitations/{invitation Gus}/revoke"),
    "send new link to an account": post(ROUNDS + "2/invitations/{invitation Ivo}/link"),
    "see card of a guest": get("/people/{Gu}/"),
    "open round": post(ROUNDS + "3/open"),
    "extend round": post(ROUNDS + "2/extend", {"closes_on": "{later}"}),
    "remind people": post(ROUNDS + "2/remind"),
    "ask to close": get(ROUNDS + "2/close/"),
    "close round": post(ROUNDS + "2/close/"),
    "ask to cancel": get(ROUNDS + "2/cancel/"),
    "cancel round": post(ROUNDS + "2/cancel/"),
    "welcome": get(ROUNDS + "2/answer/"),
    "start answering": post(ROUNDS + "2/answer/"),
    "see big screen": get(ROUNDS + "2/workshop/"),
    "go to item": post(ROUNDS + "2/workshop/go", {"item": "{another item}"}),
    "reveal votes": post(ROUNDS + "2/workshop/reveal", {"item": "{item}"}),
    "settle level": post(ROUNDS + "2/workshop/", {"item": "{item}", "level": "2", "reason": "We agreed.", "go": "next"}),
    "ask where the room is": get(ROUNDS + "2/workshop/state"),
    "see vote": get(ROUNDS + "2/vote/"),
    "vote": post(ROUNDS + "2/vote/", {"item": "{item}", "value": "3"}),
    "ask to hand on": get(ROUNDS + "2/hand-on/"),
    "hand on": post(ROUNDS + "2/hand-on/", {"to": "{TL}"}),
    "see answer page": get(ROUNDS + "2/answer/{dimension}/"),
    "save answers": post(ROUNDS + "2/answer/{dimension}/", {"go": "save"}),
    "autosave answer": lambda stage, who: Deed(
        "POST", "/teams/north/rounds/2/answer/{dimension}/save".format_map(stage.ids), {stage.ids["item"]: "3", "counter": "9"}
    ),
    "see evidence of answer": get(ROUNDS + "2/answer/{dimension}/evidence/{item}/"),
    "add evidence to answer": post(ROUNDS + "2/answer/{dimension}/evidence/{item}/", {"link": "https://wiki.example/charter"}),
    "remove evidence from answer": post(ROUNDS + "2/answer/{dimension}/evidence/{item}/{evidence of answer}/remove"),
    "see evidence of agreed level": get(ROUNDS + "1/agreed-levels/evidence/{another item}/"),
    "add evidence to agreed level": post(ROUNDS + "1/agreed-levels/evidence/{another item}/", {"link": "https://wiki.example/charter"}),
    "remove evidence from agreed level": post(ROUNDS + "1/agreed-levels/evidence/{another item}/{agreed evidence}/remove"),
    "see check of answers": get(ROUNDS + "2/check/"),
    "submit answers": post(ROUNDS + "2/check/"),
    "withdraw answers": post(ROUNDS + "2/withdraw"),
    "see own after close": get(ROUNDS + "1/check/"),
    "who answered": get(ROUNDS + "1/answers/"),
    "see results": get(ROUNDS + "1/results/"),
    "see results of another unit": get("/teams/east/rounds/1/results/"),
    "see agenda": get(ROUNDS + "1/agenda/"),
    "ask to agree": get(ROUNDS + "1/agreed-levels/"),
    "agree level": post(ROUNDS + "1/agreed-levels/", {"item": "{item}", "level": "2", "reason": "We talked.", "evidence": "A charter."}),
    "take level back": post(ROUNDS + "1/agreed-levels/remove", {"item": "{another item}", "version": "1"}),
    "export figures": post(ROUNDS + "1/results/export.csv"),
    "export figures again": get(ROUNDS + "1/results/export.csv"),
    "export report": post(ROUNDS + "1/results/export.pdf"),
    "export anonymous report": post(ROUNDS + "4/results/export.pptx"),
    "export joint report": post(JOINT + "1/results/export.xlsx"),
    "export answers": post(ROUNDS + "1/results/answers.csv"),
    # rounds without names
    "make draft anonymous": post(ROUNDS + "3/edit/", {**ROUND, "mode": "anonymous"}),
    "see anonymous round": get(ROUNDS + "4/"),
    "see anonymous results": get(ROUNDS + "4/results/"),
    "who answered anonymously": get(ROUNDS + "4/answers/"),
    "see own anonymous answers": get(ROUNDS + "4/answer/{dimension}/"),
    "withdraw anonymous answers": post(ROUNDS + "4/withdraw"),
    "ask to take out a comment": get(ROUNDS + "4/comments/"),
    "take out a comment": post(ROUNDS + "4/comments/", {"comment": "{comment key}", "reason": "It names somebody."}),
    "export anonymous figures": post(ROUNDS + "4/results/export.csv"),
    "export anonymous answers": post(ROUNDS + "4/results/answers.csv"),
    "see trend": get(ROUNDS + "trend/"),
    "close part of a joint round": post("/teams/joint-a/rounds/1/close/"),
    "list joint rounds": get(JOINT),
    "ask to set up joint round": get(JOINT + "new/"),
    "set up joint round": post(JOINT + "new/", {
        "title": "All", "purpose": "To see.", "teams": ["{team West}", "{team East}"], "closes_on": "{later}", "model_id": "pmo-maturity",
        "asked": "whole", "min_group": "5", "shared": "yes",
    }),
    "see joint round": get(JOINT + "3/"),
    "open joint round": post(JOINT + "2/open"),
    "extend joint round": post(JOINT + "3/extend", {"closes_on": "{later}"}),
    "remind people of joint round": post(JOINT + "3/remind"),
    "ask to close joint round": get(JOINT + "3/close/"),
    "close joint round": post(JOINT + "3/close/"),
    "cancel joint round": post(JOINT + "3/cancel/"),
    "publish joint round again": post(JOINT + "3/publish"),
    "watch joint round": get(JOINT + "3/status"),
    "see joint results": get(JOINT + "1/results/"),
    "export joint figures": post(JOINT + "1/results/export.csv"),
    "export joint figures again": get(JOINT + "1/results/export.csv"),
    # roadmap
    "see roadmap": get(ROADMAP),
    "see targets": get(NORTH + "targets/"),
    "set target": post(NORTH + "targets/", {"dimension": "GOV", "level": "5", "reason": "The board asks for it."}),
    "see which type fits": get(NORTH + "type/"),
    "see proof": get(ROADMAP + "proof/"),
    "programme proof": get("/programme/proof/"),
    "export roadmap": get(ROADMAP + "export.csv"),
    "export roadmap as JSON": get(ROADMAP + "export.json"),
    "export roadmap as calendar": get(ROADMAP + "export.ics"),
    "export plan as calendar": get(ROADMAP + "plans/2/export.ics"),
    "export plan as JSON": get(ROADMAP + "plans/2/export.json"),
    "ask to plan": get(ROADMAP + "plan/"),
    "plan": post(ROADMAP + "plan/", {"days": "20", "wip": "3", "horizon": "4", "starts_on": "2027-01-04", "target_view": "full"}),
    "see plan": get(ROADMAP + "plans/2/"),
    "export plan": get(ROADMAP + "plans/2/export.csv"),
    "export roadmap as report": get(ROADMAP + "export.pdf"),
    "export plan as workbook": get(ROADMAP + "plans/2/export.xlsx"),
    "plan status": get(ROADMAP + "plans/3/status"),
    "adopt plan": post(ROADMAP + "plans/2/adopt", {"adopted_because": "It fits the team better."}),
    "compare plans": get(ROADMAP + "compare/"),
    "change several actions": post(ROADMAP + "several", {"pick": "{planned action of Su}:1", "owner": "{Nia}"}),
    "ask to import states": get(ROADMAP + "import/"),
    "check import of states": post(ROADMAP + "import/", PLAN_TABLE),
    "import states": import_states,
    "address of imported states": get(ROADMAP + "import/run"),
    "undo change": post(ROADMAP + "undo"),
    "see tracker": get(ROADMAP + "tracker/"),
    "see stage of tracker": get(ROADMAP + "tracker/status"),
    "name tracker project": post(ROADMAP + "tracker/", {"project": "PMO"}),
    "turn tracker on": post(ROADMAP + "tracker/on"),
    "turn tracker off": post(ROADMAP + "tracker/off"),
    "try tracker again": post(ROADMAP + "tracker/again"),
    "see action": get(ROADMAP + "actions/{planned action of Su}/"),
    "comment action": action("planned", "Su", "notes", {"note": "I have begun."}),
    "start action": action("planned", "Su", "start"),
    "put action back": action("in progress", "Su", "put-back"),
    "resume action": action("blocked", "Su", "resume"),
    "block action": action("in progress", "Su", "block", {"version": "1", "blocked_because": "No time."}),
    "finish action": action("in progress", "Su", "finish", {"version": "1", "evidence": "It is there."}),
    "reopen action": action("done", "Su", "reopen", {"version": "1", "reopened_because": "A part is missing."}),
    "write evidence": action("in progress", "Su", "evidence", {"version": "1", "evidence": "It is nearly there."}),
    "tick steps": action("in progress", "Su", "steps", {"version": "1", "steps": "1"}),
    "add file to action": action("in progress", "Su", "files", {"link": "https://wiki.example/mentoring"}),
    "add file to action of somebody else": action("in progress", "Nia", "files", {"link": "https://wiki.example/mentoring"}),
    "remove file from action": action("in progress", "Su", "files/{file}/remove", {}),
    "take file of action": get("/files/{file}/"),
    "take link of action": get("/files/{link}/"),
    "update action of somebody else": action("in progress", "Nia", "evidence", {"version": "1", "evidence": "Mine."}),
    "assign action": action("planned", "Su", "assign", {"version": "1", "owner": "{Nia}", "due_on": "{latest}"}),
    "drop action": action("planned", "Su", "drop", {"version": "1", "dropped_because": "No longer needed."}),
    "take action up": action("dropped", "Nia", "take-up"),
    "see packs": get(ROADMAP + "packs/"),
    "see pack": get(ROADMAP + "packs/roadblocks/"),
    # measures
    "read catalogue of KPIs": get("/kpis/"),
    "read KPI": get("/kpis/K01/"),
    "see KPIs": get(KPIS),
    "export KPIs": get(KPIS + "export.csv"),
    "see KPI": get(KPIS + "K01/"),
    "ask to record figure": get(KPIS + "K01/{quarter}/"),
    "record figure": post(KPIS + "K02/{quarter}/", {"raw_on_time": "5", "raw_closed": "7", "seen": "", "comment": "One is late."}),
    "take figure back": post(KPIS + "K01/{quarter}/take-back", {"seen": "{figure}", "withdrawn_because": "Counted twice."}),
    "set KPI target": post(KPIS + "K01/target", {"target": "90", "target_because": "The board asked for it."}),
    "ask to import figures": get(KPIS + "import/"),
    "empty table of figures": get(KPIS + "empty.csv"),
    "check figures": post(KPIS + "import/", {"text": "kpi,quarter,value\nK02,{quarter},80\n"}),
    "import figures": post(KPIS + "import/run", {"text": "kpi,quarter,value\nK02,{quarter},80\n", "import_because": "From the list."}),
    "work out earned value": get("/earned-value/?bac=200000&pv=100000&ev=84000&ac=96000"),
    "see KPIs of all teams": get("/programme/kpis/"),
    "export KPIs of all teams": get("/programme/kpis/export.csv"),
    "address of the import of figures": get(KPIS + "import/run"),
    # mentoring
    "start of mentoring": get("/mentoring/"),
    "see own card": get("/mentoring/profile/"),
    "write own card": post("/mentoring/profile/", {"about": "I help.", "competences": "P06", "capacity": "3", "version": "1"}),
    "publish card": post("/mentoring/profile/publish"),
    "pause card": post("/mentoring/profile/pause"),
    "see mentor card": get("/mentoring/mentors/{Me}/"),
    "see card that waits": get("/mentoring/mentors/{Su}/"),
    "see draft card": get("/mentoring/mentors/{Nia}/"),
    "list approvals": get("/mentoring/approvals/"),
    "approve mentor": post("/mentoring/mentors/{Su}/approve"),
    "suspend mentor": post("/mentoring/mentors/{Me}/suspend"),
    "ask mentor": post("/mentoring/mentors/{Me}/", {"wish": "Help me."}),
    "see request": get("/mentoring/requests/{pairing}/"),
    "withdraw request": post("/mentoring/requests/{pairing}/withdraw"),
    "accept request": post("/mentoring/requests/{pairing}/accept", AGREEMENT),
    "decline request": post("/mentoring/requests/{pairing}/decline", {"reason": "No time."}),
    "see pairing": get(PAIRING),
    "see pairing on programme": get("/mentoring/programme/"),
    "see pairing at the lead": get(NORTH + "people/"),
    "export sessions": get(PAIRING + "export.csv"),
    "ask to end": get(PAIRING + "end"),
    "end pairing": post(PAIRING + "end", {"words": "Thank you."}),
    "tell lead": post(PAIRING + "tell-lead"),
    "hide from lead": post(PAIRING + "hide-from-lead"),
    "see goal": get(PAIRING + "goals/{goal}/"),
    "close goal": post(PAIRING + "goals/{goal}/", {"state": "reached", "ended_on": "{today}", "version": "1"}),
    "tick follow-up": post(PAIRING + "follow-ups/{promise}/done"),
    "untick follow-up": post(PAIRING + "follow-ups/{done}/open"),
    "log session": post(PAIRING + "sessions", LOG),
    "ask to plan session": get(PAIRING + "plan"),
    "plan session": post(PAIRING + "plan", PLAN),
    "move session": post(AHEAD + "move", PLAN),
    "cancel session": post(AHEAD + "cancel"),
    "ask to log": get(AHEAD + "held"),
    "mark held": post(AHEAD + "held", LOG),
    "see session": get(HELD),
    "correct session": post(HELD + "correct", {**LOG, "version": "1"}),
    "write shared note": post(HELD + "shared-note", {"shared": "We agreed.", "shared_version": "1"}),
    "write private note": post(HELD + "private-note", {"private": "I think.", "private_version": "1"}),
    "share private note": post(HELD + "share"),
    "delete private note": post(HELD + "delete-private"),
    "see old session": get(OLD),
    "delete old private note": post(OLD + "delete-private"),
    # skills
    "see skills": get("/skills/{Su}/"),
    "see own skills": get("/skills/"),
    "rate oneself": post("/skills/rate/", {"P06": "2"}),
    "ask to assess": get("/skills/{Su}/assess/"),
    "assess": post("/skills/{Su}/assess/", {"P06": "2", "note_P06": "Seen at work."}),
    "ask for role": get("/skills/{Su}/role/"),
    "set role": post("/skills/{Su}/role/", {"role": "PMG", "version": "1"}),
    "see team skills": get("/skills/team/north/"),
    "export team skills": post("/skills/team/north/export/"),
    "export team skills again": get("/skills/team/north/export/"),
    "list evidence": get("/skills/evidence/"),
    "delete evidence": post("/skills/evidence/{evidence}/delete/"),
    # pages over everything
    "own dashboard": get("/"),
    "programme": get("/programme/"),
    "export programme": post("/programme/export/people/", {"team": "north"}),
    "export programme again": get("/programme/export/people/"),
    "export overview": post("/programme/export/overview.xlsx"),
    "export overview again": get("/programme/export/overview.pptx"),
    "operational": get("/admin/"),
    "put first steps away": post("/admin/first-steps/put-away"),
    "list users": get("/admin/people/"),
    "see account": get("/admin/people/{Su}/"),
    "ask to add": get("/admin/people/add"),
    "add learner": post("/admin/people/add", {"name": "New Person", "email": "new.person@mail.example", "team": "north"}),
    "add admin": post("/admin/people/add", {"name": "New Person", "email": "new.person@mail.example", "is_admin": "y"}),
    "ask to change roles": get("/admin/people/{Su}/roles"),
    "grant mentor": post("/admin/people/{Su}/roles", {"version": "1", "is_mentor": "y"}),
    "grant admin": post("/admin/people/{Su}/roles", {"version": "1", "is_admin": "y"}),
    "change own roles": lambda stage, who: Deed(
        "POST", f"/admin/people/{stage.people[who].id if who != 'An' else 1}/roles", {"version": "1", "is_mentor": "y"}
    ),
    "ask to import": get("/admin/people/import/"),
    "check import": post("/admin/people/import/", ROSTER),
    "import users": post("/admin/people/import/run", ROSTER),
    "export users": post("/admin/people/export/"),
    "export users again": get("/admin/people/export/"),
    "see links of import": get("/admin/people/import/run"),
    "see own calendar": get("/settings/calendar/"),
    "make calendar address": post("/settings/calendar/make"),
    "make calendar address again": get("/settings/calendar/make"),
    "remove calendar address": post("/settings/calendar/remove"),
    "see reminders": get("/settings/reminders/"),
    "choose reminders": post("/settings/reminders/", {"kinds": ["action", "course"]}),
    "read calendar by its address": get("/calendar/{calendar}.ics"),
    "own events": get("/settings/events/"),
    "audit log": get("/admin/events/"),
    "own data": post("/settings/download"),
    "ask for own data": get("/settings/download"),
    "organisation": get("/admin/organisation/"),
    "save organisation": post("/admin/organisation/", {"version": "1", "name": "Northern Works", "time_zone": "UTC"}),
    "jobs": get("/admin/jobs/"),
    "start job again": post("/admin/jobs/{job}/again"),
    "mail": get("/admin/mail/"),
    "try mail now": post("/admin/mail/{message}/again"),
    "drop mail": post("/admin/mail/{message}/drop"),
    "parts of pages": get("/design/"),
}

