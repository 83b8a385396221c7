"""What the calendar and the reminders of a person hold, and the pages where they are set up."""
