"""Tests of ``tests/with_postgres.sh`` that need no PostgreSQL server."""

import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "with_postgres.sh"


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SCRIPT), *command],
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class TestWithAServerAlready:
    def test_the_command_gets_that_one(self) -> None:
        address = "postgresql://somebody@elsewhere.example/reviews"
        assert run("sh", "-c", "echo $DATABASE_URL", DATABASE_URL=address).stdout == f"{address}\n"

    def test_the_status_is_the_commands(self) -> None:
        assert run("sh", "-c", "exit 7", DATABASE_URL="postgres://elsewhere.example/reviews").returncode == 7


class TestWithoutACommand:
    def test_it_says_how_to_call_it(self) -> None:
        result = run()
        assert result.returncode == 2
        assert "COMMAND" in result.stderr
