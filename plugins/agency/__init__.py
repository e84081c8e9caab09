"""Product plugins: agency."""
