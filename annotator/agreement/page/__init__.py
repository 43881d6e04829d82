"""The agreement report as one page of HTML that needs nothing else: text in, text out."""
