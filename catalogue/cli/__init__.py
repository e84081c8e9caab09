"""The command line: one file a command group, no business rule.

Lives here: options, exit codes, what a terminal shows. A command's module is imported when the command
is invoked, and imports the engine inside its functions, so that `--help` and `list` stay fast.
"""
