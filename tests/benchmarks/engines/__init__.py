"""Engines whose libraries and models are too large for a test, with models that they really load."""
