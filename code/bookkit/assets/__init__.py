"""What pages load: scripts, styles and fonts, bundled once."""
