"""Data without logic: encoding profiles, icons, sounds, translations."""
