"""Bring official text into the record: from its publishers, from a mirror, or from a bundle."""

from assistant.sync.bundle import write_bundle
from assistant.sync.mirror import receive

__all__ = ["receive", "write_bundle"]
