"""What is due, told outside the site: a calendar to subscribe to, and reminders by mail."""
