"""Product plugins: trade finance."""
