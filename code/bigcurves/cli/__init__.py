"""The command line, a module a command; heavy imports stand inside the commands."""
