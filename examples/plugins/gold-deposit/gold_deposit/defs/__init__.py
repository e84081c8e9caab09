"""The definition."""
