"""What people fill in while they learn."""
