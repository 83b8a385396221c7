"""What the pages about skills show: one person, the rating form, the evidence list, a team."""
