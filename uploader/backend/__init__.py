"""The recordings backend that ships with the app."""
