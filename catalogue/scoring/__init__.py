"""Scorecards: customer facts in, points and a grade out, every point explained.

Imports products, plugin, definitions and values. The weights are TOML (`scorecards/<code>.toml`), dated
and layered like everything else; a plugin registers the scorecard and may compute facts of its own.
"""
