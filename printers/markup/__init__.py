r"""The markup in which the layout of a paper 票据版式 is written: text that a manager edits, that makes a document.

One line is one block, a condition, a repeat, a comment (`#`) or blank. Blanks at the ends of a line count for nothing.

    text [left|center|right] [bold] [double] [wrap]: …    a line; `double`: twice as wide and high; `wrap`: as many
                                                          lines as it needs (without it its fixed words fit one line)
    pair [left|right] [bold]: label | value               the value at the right edge, or (left) right after its label
    row [width …] [left|center|right …] [bold]: a | b | …  columns: widths (0 shares what is left), how each stands
    table: {field}                                        a table as it comes, its columns as wide as what is in them
    rule [: -]    qr: …    barcode: …    feed [lines]     a line across; symbols; blank lines
    logo    cut    drawer                                 the hall's picture; the end of a sheet; opens the cash drawer
    if NAME    if not NAME    if NAME = words             … else … end: printed only where a field says something
    each NAME                                             … end: once for each of a list; its own fields come first

Content is plain words; `{name}` is a field, `[中文|English]` is said in the paper's language, `|` parts labels, values
and columns. A backslash before `{ } [ ] | \` or a blank takes it as it is. What wraps, how wide a Han character is and
what a printer can draw is the business of `printers.layout`, which takes the blocks that come of it.
"""
