"""Messages to customers 短信: queued by credit control, sent in files to an SMS centre, and what it reports of them."""
