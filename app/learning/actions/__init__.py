"""What people do while they learn."""
