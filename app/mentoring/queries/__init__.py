"""What the mentoring pages show."""
