"""Results and plans as files to take away. Each is made from the value its page shows, so that no figure can differ from it."""
