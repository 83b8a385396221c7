"""What people do here: record measures of their team quarter by quarter, read them beside targets, and work out earned value."""
