"""Bundles: several products sold as one. Definitions, benefits and their limits, allocation to lines.

Imports products and the layers below; the pipeline that prices a bundle is in `catalogue.quotes`.
"""
