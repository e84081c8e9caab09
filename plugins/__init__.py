"""The built-in product plugins; each uses only the public core, as a stranger's would."""
