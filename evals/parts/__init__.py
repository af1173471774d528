"""What is measured beside the answers to questions, a file each, found by being here.

A part has `figures(desk, *, fast)`, which returns its figures; `fast` asks for a part that takes seconds.
"""
