"""Claims on pages: sentences that name theirs, and tables of them."""
