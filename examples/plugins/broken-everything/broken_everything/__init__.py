"""Every fault of a plugin, one a module."""
