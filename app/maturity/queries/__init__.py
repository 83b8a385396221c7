"""What the pages of a round need, ready to be shown."""
