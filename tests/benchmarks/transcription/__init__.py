"""How much of what is said is understood."""
