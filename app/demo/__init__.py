"""The demo organisation: invented people and teams with half a year of history, counted back from the moment of loading."""
