"""The built-in definitions (TOML). A package, so that importlib.resources opens it in any install."""
