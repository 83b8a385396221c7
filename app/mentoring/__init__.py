"""What people do here: offer to mentor, find a mentor, agree on goals, log sessions in a minute, follow up, end without fault."""
