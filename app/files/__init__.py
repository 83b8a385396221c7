"""Files people take away: whoever may read the thing a file hangs on may have it."""
