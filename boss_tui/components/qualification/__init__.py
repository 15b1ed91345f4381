"""F1 业务实现接口: may a business be done? By rules that managers write, and questions to services of others."""
