"""The far side, simulated: what a network element keeps and how it obeys. It stands in for another company's machine,
so it reads commands by its own tables and never by the templates that made them."""
