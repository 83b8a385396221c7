"""What people do here: run a round, answer it alone, see together where the team stands and what it agreed on."""
