"""Product plugins: personal loans."""
