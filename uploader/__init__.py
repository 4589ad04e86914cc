"""Delivers finished media objects, and holds the recordings backend that ships with the app."""
