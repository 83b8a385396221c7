"""What people do here: find a lesson, a term, a template, an item or an action by its words."""
