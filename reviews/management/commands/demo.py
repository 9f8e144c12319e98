"""``DEMO=1 manage.py demo``: set up the demo site and serve it."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reviews import demo
from reviews.models import Critic, Film

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Prepare the demo (migrate, load the five reviews, open one account per role) and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port on 127.0.0.1 (default: 8000)")
        parser.add_argument("--no-serve", action="store_true", help="prepare only")

    def handle(self, *args: Any, port: int, no_serve: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo and its accounts exist in demo mode only: run `make demo`, or set DEMO=1."
            )
        if not no_serve:
            _require_free(port)
        call_command("migrate", verbosity=0, interactive=False)
        if not Film.objects.filter(slug="ballerina").exists():
            call_command("loaddata", "ballerina", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        try:
            passwords = demo.open_accounts()
        except demo.NotTheDemos as error:
            raise CommandError(
                f"{_database()} holds an account “{error}” that the demo did not make. "
                "Move that file elsewhere, and start the demo again."
            ) from error
        _give_the_critic_a_byline()
        self._print_addresses(f"http://{HOST}:{port}", passwords)
        if not no_serve:
            _serve(port)

    def _print_addresses(self, address: str, passwords: dict[str, str]) -> None:
        film = Film.objects.public().filter(slug="ballerina").first()
        self.stdout.write(f"\n  Read       {address}/")
        if film:
            self.stdout.write(f"  The film   {address}{film.get_absolute_url()}")
        self.stdout.write(
            f"  The desk   {address}/admin/\n\n  Sign in as (passwords are new at every start):"
        )
        for username, password in passwords.items():
            self.stdout.write(f"    {username:<10} {password}")
        self.stdout.write(f"\n  Stop with Ctrl-C. Your edits are kept in {_database()}.\n")
        self.stdout.flush()


def _database() -> str:
    """The path of the demo's database, as people would type it."""
    file = Path(settings.DATABASES["default"]["NAME"])
    return str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)


def _require_free(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} is not free. Choose another: make demo PORT={port % 65000 + 1}"
            ) from error


def _give_the_critic_a_byline() -> None:
    """Let the demo's critic account write: under a byline of its own, for it wrote none of the five."""
    account = User.objects.get(username="critic")
    if not Critic.objects.filter(user=account).exists():
        Critic.objects.get_or_create(slug="demo-critic", defaults={"name": "A. Democritic", "user": account})


def _serve(port: int) -> None:
    """Become the server. Its workers share the key and passwords of this start through the environment."""
    os.environ["DEMO_KEY"] = settings.SECRET_KEY
    os.environ["DEMO_ADDRESS"] = f"http://{HOST}:{port}"
    arguments = [
        "gunicorn",
        "reviewsite.wsgi",
        "--preload",
        f"--bind={HOST}:{port}",
        "--workers=2",
        "--threads=4",
        "--worker-class=gthread",
        "--log-level=warning",
    ]
    os.execv(sys.executable, [sys.executable, "-m", *arguments])
