"""Questions about a lesson, their answers, and what those who look after the lessons do with them."""

from __future__ import annotations

from typing import Any

from flask import request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.learning.actions import discussion as actions
from app.learning.forms.discussion import AnswerForm, AskForm, HideForm, PostForm
from app.learning.queries import discussion as queries
from app.learning.shelf import shelf
from app.learning.views.blueprint import pages
from app.learning.views.exercises import base_url
from app.ui.forms import go, render

DEEDS = {
    "show": actions.show, "helped": actions.helped, "not-helped": actions.not_helped, "settle": actions.settle, "reopen": actions.reopen,
    "helped-me": actions.helped_me, "not-helped-me": actions.not_helped_me,
}


@pages.get("/courses/<course>/<lesson>/questions/")
@policy("signed in")
def discussion(course: str, lesson: str) -> Any:
    return discussion_page(queries.place_at(reading(), me(), course, lesson), AskForm(None))


def discussion_page(place: queries.Place, form: AskForm) -> Any:
    asked = {name: request.args.get(given, "") for name, given in (("way", "show"), ("typed", "q"), ("page", "page"))}
    return render("learning/discussion.html", form, page=queries.discussion_page(reading(), me(), place, **asked))


@pages.post("/courses/<course>/<lesson>/questions/")
@policy("signed in")
def ask(course: str, lesson: str) -> Any:
    place, form, made = queries.place_at(reading(), me(), course, lesson), AskForm(), []

    def act() -> None:
        here = queries.place_at(writing(), me(), course, lesson)
        made.append(actions.ask(writing(), me(), here, kind=form.kind.data, title=form.title.data, text=form.text.data, now=clock.now()))

    return go(f"{place.href}{made[0]}/") if form.accepted(act) else discussion_page(place, form)


@pages.get("/courses/<course>/<lesson>/questions/<id:question_id>/")
@policy("signed in")
def thread(course: str, lesson: str, question_id: int) -> Any:
    return thread_page(queries.place_at(reading(), me(), course, lesson), question_id, AnswerForm(None))


def thread_page(place: queries.Place, question_id: int, form: AnswerForm) -> Any:
    page = queries.thread_page(reading(), me(), place, question_id, page=request.args.get("page", ""))
    return render("learning/thread.html", form, page=page)


@pages.post("/courses/<course>/<lesson>/questions/<id:question_id>/")
@policy("signed in")
def answer_question(course: str, lesson: str, question_id: int) -> Any:
    place, form = queries.place_at(reading(), me(), course, lesson), AnswerForm()

    def act() -> None:
        here = queries.place_at(writing(), me(), course, lesson)
        actions.answer(writing(), me(), here, question_id, text=form.text.data, now=clock.now(), base_url=base_url())

    return go(f"{place.href}{question_id}/") if form.accepted(act) else thread_page(place, question_id, form)


@pages.get("/posts/<id:post_id>/")
@policy("signed in")
def post(post_id: int) -> Any:
    page = queries.post_page(reading(), me(), post_id, own=True)
    return post_page(PostForm(None, obj=page.post).of(page.post.kind), page)


def post_page(form: PostForm, page: queries.PostPage) -> Any:
    return render("learning/post.html", form, page=page)


@pages.post("/posts/<id:post_id>/")
@policy("signed in")
def change_post(post_id: int) -> Any:
    page, to = queries.post_page(reading(), me(), post_id, own=True), []
    form = PostForm().of(page.post.kind)
    title = "" if page.post.kind == "answer" else form.title.data

    def act() -> None:
        to.append(actions.change(writing(), me(), post_id, title=title, text=form.text.data, version=form.version.data, now=clock.now()))

    return go(to[0]) if form.accepted(act) else post_page(form, page)


@pages.post("/posts/<id:post_id>/delete")
@policy("signed in")
def delete_post(post_id: int) -> Any:
    return go(actions.remove(writing(), me(), post_id, now=clock.now()))


@pages.get("/posts/<id:post_id>/hide/")
@policy("admin or pmo lead")
def post_to_hide(post_id: int) -> Any:
    return hide_page(HideForm(None), queries.post_page(reading(), me(), post_id, own=False))


def hide_page(form: HideForm, page: queries.PostPage) -> Any:
    return render("learning/hide_post.html", form, page=page)


@pages.post("/posts/<id:post_id>/hide/")
@policy("admin or pmo lead")
def hide_post(post_id: int) -> Any:
    page, form = queries.post_page(reading(), me(), post_id, own=False), HideForm()
    if form.accepted(lambda: actions.hide(writing(), me(), post_id, reason=form.reason.data, now=clock.now())):
        return go(page.href)
    return hide_page(form, page)


@pages.post('/posts/<id:post_id>/<any("show", "helped", "not-helped", "settle", "reopen", "helped-me", "not-helped-me"):deed>')
@policy("signed in")
def do_with_post(post_id: int, deed: str) -> Any:
    return go(DEEDS[deed](writing(), me(), post_id, now=clock.now()))


@pages.get("/courses/<course>/questions/")
@policy("admin or pmo lead")
def course_discussion(course: str) -> Any:
    asked = {name: request.args.get(name, "") for name in ("state", "page")}
    return render("learning/course_questions.html", page=queries.course_page(reading(), me(), shelf().course(course), **asked))
