"""An audit in a process of its own: of the demo it finds nothing; killed, stopped or without room, its copy goes."""

import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.nightly

SHORT = ("leak_audit", "--most", "1", "--few", "1")
ALL_GONE = ["lock"]


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"DEBUG": "1", "VAR_DIR": str(folder)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with the demo's content."""
    folder = tmp_path_factory.mktemp("site")
    for command in (("migrate", "-v0"), ("loaddata", "-v0", "ballerina")):
        subprocess.run([sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment(folder),
                       check=True)  # fmt: skip
    return folder


def audit(site: Path, before: Callable[[], None] | None = None) -> "subprocess.Popen[str]":
    # In a session of its own, so that a signal to the group reaches its second process as Ctrl-C does.
    return subprocess.Popen([sys.executable, "manage.py", *SHORT], cwd=settings.BASE_DIR, env=environment(site),
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                            preexec_fn=before)  # fmt: skip


def walking(site: Path) -> "subprocess.Popen[str]":
    process = audit(site)
    assert process.stdout
    assert any("Walking" in line for line in process.stdout)
    return process


def left_in(site: Path) -> list[str]:
    return sorted(file.name for file in (site / "leak-audit").iterdir())


def ended(process: "subprocess.Popen[str]", patience: int = 120) -> tuple[int, str]:
    said = process.communicate(timeout=patience)[1]
    return process.returncode, said


def test_of_the_demo_with_everything_hidden_it_finds_nothing(site: Path) -> None:
    status, said = ended(audit(site), patience=900)
    assert status == 0, said
    assert left_in(site) == ["lock", "report.json"]
    (site / "leak-audit" / "report.json").unlink()


def test_a_second_audit_is_refused_and_the_next_removes_what_a_killed_one_left(site: Path) -> None:
    first = walking(site)
    (copy,) = (site / "leak-audit").glob("copy-*")
    modes = {stat.S_IMODE(file.stat().st_mode) for file in copy.iterdir()}
    assert (modes, stat.S_IMODE(copy.stat().st_mode)) == ({0o600}, 0o700)
    status, said = ended(audit(site))
    assert status == 1
    assert "Another leak audit of this site is running" in said
    first.kill()
    first.communicate()
    assert copy.exists()
    following = walking(site)
    assert not copy.exists()
    following.terminate()
    assert ended(following)[0] == 143
    assert left_in(site) == ALL_GONE


def test_ctrl_c_removes_the_copy(site: Path) -> None:
    process = walking(site)
    os.killpg(process.pid, signal.SIGINT)
    status, said = ended(process)
    assert status == 130
    assert "Stopped. The copy is removed." in said
    assert "Traceback" not in said
    assert left_in(site) == ALL_GONE


def test_without_room_it_says_so_and_removes_the_copy(site: Path) -> None:
    most = (site / "site.sqlite3").stat().st_size // 2

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    status, said = ended(audit(site, full))
    assert status == 1
    assert "CommandError: The database cannot be copied" in said
    assert "disk" in said
    assert "Traceback" not in said
    assert left_in(site) == ALL_GONE
