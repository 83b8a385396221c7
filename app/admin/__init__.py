"""What people do here: administrators keep accounts, teams and the installation; PMO leads invite learners and read the programme's log."""
