"""The words for all that can go wrong, by its code; ``app.messages`` finds them."""
