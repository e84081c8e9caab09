"""The plugin of solar-lease."""
