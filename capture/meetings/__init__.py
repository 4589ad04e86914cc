"""Meetings of others, noticed when they begin: probes see, the detector judges."""
