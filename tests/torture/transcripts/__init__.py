"""Transcribers that are killed."""
