"""What users install: the wheel holds everything that runs and nothing that only tests."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.repository.tree import PACKAGE, ROOT, files, is_test


def test_the_wheel_holds_what_runs_and_no_tests(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("luoshi-*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("luoshi/")}
    tracked = {str(path.relative_to(ROOT)) for path in files() if PACKAGE in path.parents}
    assert {name for name in tracked if not is_test(name)} - held == set()
    assert {name.replace(".po", ".mo") for name in tracked if name.endswith(".po")} <= held
    assert {name for name in held if is_test(name)} == set()
