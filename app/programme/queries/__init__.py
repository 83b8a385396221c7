"""What the programme page shows: teams against their targets, people against their roles, this week, learning and mentoring."""
