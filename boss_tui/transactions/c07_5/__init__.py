"""C7.5 paid services of partners 代收费业务."""
