"""Microphone and system sound."""
