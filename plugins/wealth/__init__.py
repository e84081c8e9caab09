"""Product plugins: wealth."""
