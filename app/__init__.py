"""The face of Afterword, and the order of events: command line and tray."""
