"""From frames and blocks to files."""
