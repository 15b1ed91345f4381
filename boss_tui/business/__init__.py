"""What a counter's business is: its entry in the one list, the steps that each goes, and one step under way.

`entries` is the list, `registry` makes a business when it is asked for; `process` says what a business answers
(`Transaction`), `run` is one step of it over the components. The businesses themselves are in `transactions`.
"""
