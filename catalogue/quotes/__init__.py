"""Quotes: ask and customer in, an immutable, explained, reproducible quote out.

Lives here: the pipeline, its output, the Catalogue that holds it together. Imports bundles' and
products' layers below; never the command line.
"""
