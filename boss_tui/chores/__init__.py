"""What goes on by itself beside the desk, one chore each, a step at a time (`start.background`).

A step finds its work in the store, so that it goes on wherever the last one was left, by whichever program.
"""
