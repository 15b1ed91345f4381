"""F9 发票: whose an invoice is, when it is drawn, on paper or electronic, and how one is taken back."""
