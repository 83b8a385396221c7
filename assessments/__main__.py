"""`python -m assessments`: the maturity rules from the command line (see commands)."""

import sys

from assessments.commands import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
