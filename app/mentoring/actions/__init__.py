"""What mentors, mentees and PMO leads do."""
