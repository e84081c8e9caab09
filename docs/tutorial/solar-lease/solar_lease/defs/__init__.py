"""The definitions."""
