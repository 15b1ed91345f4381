"""A province set up from nothing by keys: headquarters, its office, two outlets, and what they sell."""
