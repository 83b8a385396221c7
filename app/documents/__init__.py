"""Files people take away: PDF, spreadsheets and slides, made from plain values; no database, no request."""
