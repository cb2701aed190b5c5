"""Big curves: the same points, learned as a curve and by heart."""
