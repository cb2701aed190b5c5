"""More data, better data: what wrong labels cost, and what votes repair."""
