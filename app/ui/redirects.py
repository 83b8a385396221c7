"""Where a person may be sent next: a path of this site and nothing else."""

import re
from urllib.parse import urlsplit

CONTROL = re.compile(r"[\x00-\x20\x7f]")


def safe_path(wanted: str) -> str:
    """*wanted* if it is a path of this site, else the start page. `//evil`, `/\\evil`, tabs and schemes all lead home."""
    if CONTROL.search(wanted) or len(wanted) > 1000 or not wanted.startswith("/"):
        return "/"
    flat = wanted.replace("\\", "/")
    parts = urlsplit(flat)
    if flat.startswith("//") or "%2f%2f" in flat.lower() or parts.scheme or parts.netloc:
        return "/"
    return wanted
