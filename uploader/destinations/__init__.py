"""Where recordings are delivered to."""
