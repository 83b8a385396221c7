"""python -m benchmarks [plans|publication|pages]: solver times, publishing, page speeds; all without an argument."""

import sys

from benchmarks import pages, plans, publication

chosen = sys.argv[1:] or ["plans", "publication", "pages"]
if "plans" in chosen:
    plans.main()
if "publication" in chosen:
    publication.main()
if "pages" in chosen:
    pages.main()
