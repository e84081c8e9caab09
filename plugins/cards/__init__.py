"""Product plugins: cards."""
