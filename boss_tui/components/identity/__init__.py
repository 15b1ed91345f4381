"""Documents of identity 证件 (F1, F3): which there are, what their numbers say, how what is typed of them is read."""
