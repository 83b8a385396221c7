"""What the start page shows to somebody signed in (today) and to everybody else (welcome)."""

from app.home.queries.today import TodayPage, today_page
from app.home.queries.welcome import is_ready, text_page, welcome_page

__all__ = ["TodayPage", "is_ready", "text_page", "today_page", "welcome_page"]
