"""The density law: error against frequency times sample gap."""
