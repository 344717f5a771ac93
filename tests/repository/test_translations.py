"""Both languages are complete: nothing missing, fuzzy or with other placeholders."""

import re
import shutil
import subprocess
import sys

from tests.repository.tree import ROOT, of_kind

RENAMED = re.compile(r"django\.utils\.translation import .*gettext(?:_lazy)? as (?!_\b)\w+")


def test_translations_are_complete() -> None:
    assert shutil.which("xgettext"), "gettext is missing: run make setup, or install the package gettext"
    command = [sys.executable, "tools/messages.py", "check"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_word_hides_from_gathering() -> None:
    # Words are gathered by the names of the functions; under another name they would stay English for ever.
    hidden = {path: RENAMED.findall(text) for path, text in of_kind(".py") if RENAMED.search(text)}
    assert hidden == {}
