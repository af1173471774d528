"""Bring official text into the record: from its publishers, from a mirror, or from a bundle."""

from assistant.sync.mirror import receive, write_bundle

__all__ = ["receive", "write_bundle"]
