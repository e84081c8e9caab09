"""Plugins: the hook specifications, finding entry points, loading them lazily, isolating broken ones.

Imports products, definitions and values; never quotes, bundles or the command line.
"""
