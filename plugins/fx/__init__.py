"""Product plugins: fx."""
