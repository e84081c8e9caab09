"""Product plugins: settlement."""
