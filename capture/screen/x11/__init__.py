"""The screen of an X server, told of every change: what did not change costs nothing."""
