"""Forms are data: a field declares its kind, its words and where its list comes from, once.

A business's form is a Pydantic model (`form`) whose fields are `Annotated[type, Ask(...)]`: the types are in `typed`,
what is asked in `fields`. The screen, the command line, headquarters, the help and the tests all read this one
declaration. `choosing` makes a code of what is typed for a choice, `expected` says before what a field takes.
"""
