"""How papers are laid out: which kinds there are and what each may say, the shipped layouts, those published."""
