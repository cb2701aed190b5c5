"""Where there is no manifold: discrete problems, stored or learned."""
