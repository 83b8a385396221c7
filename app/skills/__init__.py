"""What people do here: see where they stand against their role, rate themselves, keep evidence; leads assess their people."""
