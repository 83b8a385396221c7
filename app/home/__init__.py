"""What people do here: see what is next for them, or, signed out, what the product is; read help, about and privacy."""
