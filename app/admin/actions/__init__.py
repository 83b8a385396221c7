"""What administrators and PMO leads do: people (accounts and roles), imports (many at once), site (teams, organisation, jobs)."""
