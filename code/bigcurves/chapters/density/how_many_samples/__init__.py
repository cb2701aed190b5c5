"""How many samples: budgets for the typical gap and for the largest hole."""
