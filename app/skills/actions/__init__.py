"""What people do about skills: rating, evidence and roles, and certificates from elsewhere."""
