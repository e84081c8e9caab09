"""Product plugins: company loans."""
