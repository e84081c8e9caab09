"""Definitions: a faulty one, and a sound one of a product whose plugin is broken."""
