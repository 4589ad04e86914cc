"""Who took part, and who spoke when."""
