"""Fetch the demo's pages, as ``.ci/run`` does: ``fetch_demo.py http://127.0.0.1:8000``.

Waits for the server (90 seconds at most), follows every link of the site from its home page, and fails where a page
does not answer, the five critics are not on the film's page, or an error shows the inside of the program.
"""

import re
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import urljoin, urlsplit

CRITICS = ("Jeff Ewing", "LatestBuz", "Adam Nayman", "Eileen Jones", "Unattributed")
PATIENCE = 90
MOST_PAGES = 300


def fetch(address: str) -> tuple[int, str]:
    """Status and text of a page; an error page is an answer too."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status, response.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


def wait_for(site: str) -> float:
    """Seconds until the site answers. Raises SystemExit when it does not."""
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        try:
            if fetch(site + "/")[0] == 200:
                return time.monotonic() - begun
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"{site} did not answer within {PATIENCE} seconds.")


def walk(site: str) -> dict[str, str]:
    """Every page that the home page leads to, by path. Raises SystemExit at one that does not answer."""
    seen: dict[str, str] = {}
    waiting = ["/", "/robots.txt", "/sitemap.xml"]
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop()
        if path in seen:
            continue
        status, text = fetch(site + path)
        if status != 200:
            raise SystemExit(f"{path} answers {status}.")
        seen[path] = text
        for link in re.findall(r'(?:href|src)="([^"#]+)', text):
            target = urlsplit(urljoin(site + path, link.replace("&amp;", "&")))
            if f"{target.scheme}://{target.netloc}" == site and not target.path.startswith("/admin/"):
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return seen


def main(site: str) -> None:
    print(f"answers after {wait_for(site):.1f} s")
    pages = walk(site)
    print(f"{len(pages)} pages answer")
    missing = [critic for critic in CRITICS if critic not in pages["/films/ballerina/"]]
    if missing:
        raise SystemExit(f"Not on the film's page: {', '.join(missing)}.")
    status, text = fetch(site + "/no/such/page/")
    if status != 404 or "Traceback" in text or "urlpatterns" in text or "DEBUG" in text:
        raise SystemExit("A wrong address is not answered by a page of ours.")
    print(f"{len(pages) + 1} passed, 0 failed")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
