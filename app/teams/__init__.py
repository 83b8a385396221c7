"""What people do here: see the teams, how one stands, who is in it and what its office is; leads and the PMO lead keep that up to date."""
