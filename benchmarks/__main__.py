"""python -m benchmarks [plans|publication|pages|learning]: solver times, publishing, page speeds; all without an argument."""

import sys

from benchmarks import learning, pages, plans, publication

KINDS = {"plans": plans.main, "publication": publication.main, "pages": pages.main, "learning": learning.main}

for chosen in sys.argv[1:] or KINDS:
    KINDS[chosen]()
