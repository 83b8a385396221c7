"""What people do here: sign in and out, choose a password by a one-time link, keep their own settings, end their sign-ins."""
