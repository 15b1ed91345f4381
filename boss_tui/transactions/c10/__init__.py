"""C10 buy or exchange handset 购机/换机."""
