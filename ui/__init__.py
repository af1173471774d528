"""The chat page and other faces."""
