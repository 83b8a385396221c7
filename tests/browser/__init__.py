"""Journeys in a real Chromium against the site started by its own command, with the demo organisation."""
