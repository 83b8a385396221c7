"""What people do with a round, an answer sheet and a result."""
