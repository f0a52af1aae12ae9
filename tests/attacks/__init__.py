"""What a server that is open to a network must stand: one file for each family of attacks."""
