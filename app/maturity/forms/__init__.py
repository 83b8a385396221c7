"""What people fill in around a round."""
