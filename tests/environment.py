"""Loaded by pytest before Django's settings: the suite never sees the data or the settings of whoever runs it.

Every process of a run has a data folder of its own; of the caller's settings only the database address stays
(``tools/with_postgres.py`` gives it).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_KEPT = {"LUOSHI_DATABASE", "LUOSHI_TEST_BROWSER"}

for _name in [name for name in os.environ if name.startswith("LUOSHI_") and name not in _KEPT]:
    del os.environ[_name]

_folder = tempfile.mkdtemp(prefix="luoshi-test-")
(Path(_folder) / "static").mkdir()  # whitenoise warns when it is missing, and a warning fails
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["LUOSHI_DATA"] = _folder
os.environ["LUOSHI_SECRET"] = "a key for tests, of no use anywhere else"
