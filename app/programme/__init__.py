"""What the PMO lead does here: see where teams and people are furthest from their targets, and what needs attention this week."""
