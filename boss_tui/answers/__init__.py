"""What the desk answers, as plain values: of a `business` step by step, and of the `hall` around it."""
