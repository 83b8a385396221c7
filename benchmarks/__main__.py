"""python -m benchmarks [plans|pages]: solver times and page speeds; both without an argument."""

import sys

from benchmarks import pages, plans

chosen = sys.argv[1:] or ["plans", "pages"]
if "plans" in chosen:
    plans.main()
if "pages" in chosen:
    pages.main()
