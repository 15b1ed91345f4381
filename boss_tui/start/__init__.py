"""The start of the program: the desk on a terminal, what goes on beside it, a demonstration hall, a hall to learn in.

`opening` puts a home's store, desk, housekeeping and application together; nothing below knows that it is started so.
"""
