"""The back matter: pages that measure something of their own."""
