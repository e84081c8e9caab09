"""Rates from a CSV file."""
