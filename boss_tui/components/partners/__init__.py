"""A4 合作单位: channels and providers, and the services of providers that are paid through us."""
