"""Product plugins: packages."""
