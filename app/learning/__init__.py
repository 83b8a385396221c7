"""Learning: find a course, read its lessons, take their checks, keep the templates, and earn a certificate."""
