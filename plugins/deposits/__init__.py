"""Product plugins: deposits."""
