"""Records to domain values, and the reads and writes several features share."""
