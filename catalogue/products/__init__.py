"""Products: what an ask becomes. Terms, contract, fees, checks, and the base classes of families.

Imports maths, definitions, values and the hook markers; never quotes, bundles or interfaces.
"""
