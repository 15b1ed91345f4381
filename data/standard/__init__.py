"""What every headquarters begins with 建局: chart of accounts, taxes, identity documents, processes, roles with rights.

Managers change it by editions as anything else. What is sold, at what price, where and by whom is theirs from the first
row on.
"""
