"""Counter-evidence: discrete things that networks do learn."""
