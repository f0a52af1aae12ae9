"""Small programs for those who work on the project; the game itself needs none of them."""
