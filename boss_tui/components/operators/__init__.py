"""F7 操作人员: who may do what, by whose word; their passwords and tries, what is handed on, what is on record."""
