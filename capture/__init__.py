"""Records one meeting to disk: headless, without Qt, without a network."""
