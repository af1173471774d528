"""Other people's retrieval over the same texts, with the same encoder, for the same questions.

A peer is a file here with `build(texts, encoder)`, which returns a search: a function from a question to a list of ids of
texts, or of lists of ids where a hit is a chunk that touches several. It runs in a process of its own, with the Python
that has its packages; `python -m evals.peers` runs all of them.
"""
