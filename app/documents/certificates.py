"""A certificate on paper: one landscape page."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.typesetting import pdf

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="#0b5d66"><path d="M1.5 27c0-3.3 4.2-4.9 13.2-4.9s15.8 1.3 15.8 4.5S26 30.8 16 30.8 1.5 30.4 '
    '1.5 27z"/><path d="M6 17.4c0-3.2 3.7-4.7 9.8-4.7s9.4 1.4 9.4 4.5-3.7 4.3-9.7 4.3S6 20.6 6 17.4z"/><path d="M10.8 7.7c0-3.2 2.3-5.2 5.7-5.2s5.1 2 5.1 4.8-2 4.5-5.4 '
    '4.5-5.4-1.2-5.4-4.1z"/></svg>'
)


def certificate_pdf(
    *, holder: str, course: str, summary: str, issuer: str, state: str, facts: Sequence[tuple[str, str]], address: str, qr: tuple[int, str], made_on: str
) -> bytes:
    """The page as PDF. `facts` are (name, words) in order; `qr` the side in modules and the path of its dark ones; `address` where it can be checked.

    Long names and lists are set smaller, so that it stays one page."""
    side, path = qr
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}" stroke="#000"/></svg>'
    return pdf("certificate", {
        "title": f"Certificate of {holder}, {course}", "holder": holder, "course": course, "summary": summary, "issuer": issuer, "state": state,
        "facts": [list(fact) for fact in facts], "crowd": len(summary) + sum(len(words) for _, words in facts), "qr": drawn, "mark": MARK, "address": address,
        "made_on": made_on,
    })
