"""Built-in scorecards, registered as a stranger's would be (entry-point group catalogue.extensions)."""
