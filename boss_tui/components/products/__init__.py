"""F4 产品: what may be sold, the subscriptions that customers own, their contracts, and what stops them."""
