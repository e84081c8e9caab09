"""A deposit in grams of gold."""
