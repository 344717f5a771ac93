"""Both languages are complete: nothing missing, fuzzy or with other placeholders."""

import shutil
import subprocess
import sys

from tests.repository.tree import ROOT


def test_translations_are_complete() -> None:
    assert shutil.which("xgettext"), "gettext is missing: run make setup, or install the package gettext"
    command = [sys.executable, "tools/messages.py", "check"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
