"""``make lift``: a review goes up while two workers answer many connections, and each answer is looked at.

With SQLite, or the PostgreSQL server that DATABASE_URL names; ``WITH_NGINX=1`` puts nginx with our snippet in front,
where the moment is on a whole minute; ``WITH_REDIS=1`` gives the workers a Redis, and ``WITH_REDIS=killed`` kills it
shortly before. Fails if one answer is early, or more than a second late.
"""

import asyncio
import os
import secrets
import subprocess
import sys
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tests.bench.lift.crowd import Crowd
from tests.bench.lift.proxy import nginx
from tests.bench.lift.schedule import FILM, HEADLINE, SLUG
from tests.bench.lift.store import redis_server
from tests.bench.served import HOST, Server, served

CONNECTIONS, SECONDS, PAUSE = 200, 60, 0.1
WARM, AFTER, KILLED = 8, 12, 2
"""How many seconds before the review is scheduled, and at least how many after it went up, pages are asked for; and how
many before that Redis is killed."""
PATHS = ["/", "/reviews/", f"/films/{FILM}/", f"/reviews/{SLUG}/", "/feed.xml"]


def main() -> None:
    is_behind = bool(os.environ.get("WITH_NGINX"))
    passed_on = {name: os.environ[name] for name in ("DATABASE_URL",) if os.environ.get(name)}
    with (
        redis_server() if os.environ.get("WITH_REDIS") else nullcontext(("", None)) as (cache, redis),
        served(
            "tests.bench.lift.prepare",
            workers=2,
            DEMO="",
            SECRET_KEY=secrets.token_urlsafe(50),
            ALLOWED_HOSTS=HOST,
            SITE_URL=f"http://{HOST}",
            is_silent=True,
            CACHE_URL=cache,
            **passed_on,
        ) as server,
    ):
        upstream = urlsplit(server.address).netloc
        with nginx(upstream) if is_behind else nullcontext(server) as front:
            crowd = asyncio.run(_watched(server, front.address, redis, on_the_minute=is_behind))
        print(
            f"Memory of the workers, PSS: {', '.join(f'{_memory(pid):.0f} MB' for pid in server.workers())}"
        )
    print(
        f"{crowd.answers:,} answers on {CONNECTIONS} connections, {len(crowd.early)} early, {len(crowd.late)} late; "
        f"first seen {crowd.first_seen - crowd.lift:+.3f} s, last not seen {crowd.last_unseen - crowd.lift:+.3f} s; "
        f"errors: {dict(crowd.faults) or 'none'}"
    )
    is_right = crowd.answers > CONNECTIONS and crowd.first_seen < crowd.lift + 1 and not crowd.faults
    sys.exit(0 if is_right and not crowd.early and not crowd.late else "The lift was not on the second.")


async def _watched(
    server: Server, address: str, redis: "subprocess.Popen[bytes] | None", *, on_the_minute: bool
) -> Crowd:
    """Ask before the review is scheduled, while it waits, and after it went up."""
    began = time.time()
    lift = began + SECONDS / 2
    if on_the_minute:
        lift = (began + WARM + AFTER) // 60 * 60 + 60
    crowd = Crowd(lift, HEADLINE.encode())
    asking = asyncio.create_task(
        crowd.ask(
            address, PATHS, connections=CONNECTIONS, until=max(began + SECONDS, lift + AFTER), pause=PAUSE
        )
    )
    await asyncio.sleep(WARM)
    server.environment["LIFT_AT"] = datetime.fromtimestamp(lift, UTC).isoformat()
    await asyncio.to_thread(server.run, "tests.bench.lift.schedule")
    if redis and os.environ["WITH_REDIS"] == "killed":
        await asyncio.sleep(lift - KILLED - time.time())
        redis.kill()
    await asking
    return crowd


def _memory(pid: int) -> float:
    """The proportional set size of a process, in MB."""
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1000


if __name__ == "__main__":
    main()
