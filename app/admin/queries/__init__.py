"""What the administration pages show: start, people (list, one account, forms), site (teams, organisation, log, jobs)."""
