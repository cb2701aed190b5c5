"""What a page asks of its reader, and what it offers."""
