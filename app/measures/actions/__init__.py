"""What leads do to the figures of their team."""
