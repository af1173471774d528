"""Pincite: answers on U.S. conventional arms transfer policy and law, each tied to a clause and a date."""

__version__ = "0.1.0"
