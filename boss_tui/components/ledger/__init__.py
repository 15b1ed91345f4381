"""F11 凭证: the books, the one function that posts, and whether they hold."""
