"""make bench: speed as ratios, never asserted in tests."""
