"""Definitions: dated TOML files become frozen classes; every fault is told with file, line and key.

Lives here: reading files, layers of folders, versions, ask fields, fees and conditions as stated,
rate sheets, the vocabulary of customer facts, the JSON Schema. Imports only values and errors.
"""
