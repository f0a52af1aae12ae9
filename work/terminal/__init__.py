"""The same tables in a terminal: what is typed goes in line by line, what happens comes out as text."""
