"""What the pages of learning show."""
