"""Product plugins: institutions."""
