"""Live events: what happens in a recording, told to other programs while it happens."""
