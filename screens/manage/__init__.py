"""The screens of management, one for every subject that is declared (`boss_tui.management`): list, row, past, files."""
