"""Raises when it is imported."""

raise ImportError("the driver of the branch printer is missing")
