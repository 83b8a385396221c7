"""What the pages about measures show."""
