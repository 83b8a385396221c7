"""Tests of the maturity rules, one file per module. No app, no fixtures."""
