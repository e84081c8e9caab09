"""Chinese for what products record in English: remarks, formulas, names of inputs.

Every table is loaded when a page in Chinese first needs it.
"""
