"""The site, assembled in order."""

from __future__ import annotations

from typing import Any

from flask import g, session
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from markupsafe import Markup
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

from app import access, clock, db, errors, security
from app.access import Me
from app.accounts import guests as guest_views
from app.accounts import views as account_views
from app.accounts.passwords import Hasher
from app.accounts.queries.signing_in import owner_of, who_is
from app.admin import views as admin_views
from app.config import CHART_JS_INTEGRITY, Settings, load_settings
from app.content import refresh
from app.db import Database
from app.deadlines import views as deadline_views
from app.dispatch import Site
from app.files import views as file_views
from app.home import views as home_views
from app.learning import views as learning_views
from app.maturity import views as maturity_views
from app.maturity.views import joint_pages as joint_views
from app.maturity.views import roadmap as roadmap_views
from app.measures import views as measure_views
from app.mentoring import views as mentoring_views
from app.models import SignIn
from app.programme import views as programme_views
from app.search import views as search_views
from app.skills import views as skill_views
from app.teams import views as team_views
from app.ui import assets, design, filters, forms, navigation
from app.ui.urls import install as install_converters

FEATURES = (home_views, account_views, guest_views, assets, design, team_views, skill_views, programme_views, mentoring_views, deadline_views, maturity_views, joint_views, search_views, learning_views, roadmap_views, measure_views, admin_views, file_views)


def create_app(settings: Settings | None = None) -> Site:
    """The site for *settings*. Raises at once when a route has no policy or a setting cannot be used."""
    settings = settings or load_settings()
    app = Site(__name__, static_folder=None)
    app.config.update(SECRET_KEY=settings.secret_key, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False, TEMPLATES_AUTO_RELOAD=False)
    app.extensions["settings"] = settings
    app.extensions["database"] = Database(settings.database_url)
    app.extensions["hasher"] = Hasher(settings.hash_time, settings.hash_memory, settings.hash_parallel)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = True
    install_converters(app)
    app.before_request(lambda: refresh(app.extensions["settings"].instance_dir))
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    security.install(app, settings, settings.chart_js_url)
    CSRFProtect(app)
    _install_sign_in(app)
    errors.install(app)
    filters.install(app)
    app.jinja_env.filters["markup"] = Markup
    app.jinja_env.filters["fromjson"] = app.json.loads
    app.jinja_env.globals |= {"csrf_token": security.form_token, "form_key": forms.form_key}
    app.jinja_env.template_class = navigation.SiteTemplate
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    navigation.install(app, f"/assets/{assets.VERSION}", (settings.chart_js_url, CHART_JS_INTEGRITY))
    for feature in FEATURES:
        app.register_blueprint(feature.pages)
    app.teardown_appcontext(db.close)
    access.check_policies(app)
    return app


def _install_sign_in(app: Site) -> None:
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(key: str) -> Me | None:
        found = who_is(db.reading(), key, clock.now())
        if found is None:
            session["owner"] = owner_of(db.reading(), key) or session.get("owner")  # whose text a late form is (P41)
            session.pop("_user_id", None)
            return None
        if found.seen_is_due:
            g.seen = found.me.sign_in_id
        return found.me

    @app.after_request
    def note_last_seen(response: Any) -> Any:
        """At most once a minute, and never worth failing a page for."""
        sign_in_id = g.pop("seen", None)
        if sign_in_id is not None and response.status_code < 400:
            try:
                with db.database().transaction() as own:
                    own.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=clock.now()))
            except OperationalError:
                app.logger.warning("last seen could not be noted")
        return response



