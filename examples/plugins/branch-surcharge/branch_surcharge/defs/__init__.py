"""Definitions of this package: one customer fact."""
