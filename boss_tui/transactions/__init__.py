"""One module per C row of the catalogue; `boss_tui.businesses` lists them."""
