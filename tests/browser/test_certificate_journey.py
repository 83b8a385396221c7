"""A stranger with a certificate: the number typed, the badge handed in, and what both say once it was withdrawn."""

from tests.browser.conftest import press

HOLDER = "r2.opf@demo.example"


def test_a_stranger_checks_a_certificate_and_its_badge_before_and_after_it_was_withdrawn(visitor):
    holder = visitor().sign_in(HOLDER)
    page = holder.open("/certificates/")
    press(page.locator("main table").get_by_role("link", name="PMO foundations"))
    number, name = page.url.rstrip("/").rpartition("/")[2], page.get_by_role("heading", level=1).inner_text()
    files = {}
    for label, ending in (("Badge as PNG", "png"), ("Badge as SVG", "svg")):
        with page.expect_download() as download:
            page.get_by_role("link", name=label).click()
        assert download.value.suggested_filename == f"badge-C01.{ending}"
        files[ending] = {"name": f"badge.{ending}", "mimeType": "image/png", "buffer": download.value.path().read_bytes()}

    stranger = visitor(width=360)
    there = stranger.open("/about/")
    press(there.get_by_role("link", name="Verify"))
    stranger.look_around()
    text, file = there.get_by_label("Or the number or address of a certificate"), there.get_by_label("Badge file")
    verify = there.get_by_role("button", name="Verify")
    text.fill(number[:-1] + ("a" if number[-1] != "a" else "b"))
    press(verify)
    assert "No certificate of this site has this number" in there.locator("main").inner_text()
    stranger.look()
    text.fill(number)
    press(verify)
    words = there.locator("main").inner_text()
    assert there.url.endswith(f"/certificates/{number}/")
    for fact in (name, "PMO foundations", "Valid", "Completed", "Issued by"):
        assert fact in words, fact
    for one in files.values():
        there.goto("/verify/")
        file.set_input_files(one)
        press(verify)
        assert "The badge is genuine, nothing in it was changed, and its certificate holds." in there.locator("main").inner_text()
        stranger.look()
    press(there.get_by_role("link", name="Open the certificate"))
    assert there.url.endswith(f"/certificates/{number}/")

    pmo = visitor().sign_in("pmo@demo.example")
    desk = pmo.open(f"/certificates/{number}/")
    desk.get_by_text("Withdraw this certificate").click()
    desk.locator("label:has([name='why'])").first.click()
    desk.get_by_label("What happened").fill("It was issued twice by mistake.")
    press(desk.get_by_role("button", name="Withdraw it"))
    pmo.look()

    there.goto(f"/certificates/{number}/")
    words = there.locator("main").inner_text()
    assert "Withdrawn on" in words
    assert "It no longer certifies anything" in words
    assert "issued twice" not in words
    stranger.look_around()
    there.goto("/verify/")
    file.set_input_files(files["png"])
    press(verify)
    assert "The badge is genuine, and its certificate was withdrawn on" in there.locator("main").inner_text()
    stranger.look()
    page.reload()
    assert "It was issued twice by mistake." in page.locator("main").inner_text()
    assert page.get_by_role("link", name="Badge as PNG").count() == 0
