"""Product plugins: bills."""
