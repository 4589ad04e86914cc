"""What Linux tells of meetings."""
