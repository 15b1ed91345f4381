"""The columns of the catalogue: the rules that businesses draw on, over the store.

Each has a module, or a folder where it has several (`till`, `identity`). What a business may call is a `Component` with
its code (`F5`); whatever is `@traced` there stands in the trail, from which the matrix is read. Functions over rows
that more than one component asks stand in modules beside them.
"""
