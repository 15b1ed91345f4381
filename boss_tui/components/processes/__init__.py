"""F14 业务流程: steps and time limits, the version that a run keeps, what an order touches of its line."""
