"""What the account pages show: signing_in (who is asking), settings, people (the card of a person), download (what is mine)."""
