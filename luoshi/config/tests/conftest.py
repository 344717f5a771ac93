"""A demonstration that the tests of the command line share."""

import pytest

from luoshi.config.tests.installation import BUILD, Installation


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A demonstration, built once; whoever wants to change it takes a copy."""
    made = Installation(tmp_path_factory.mktemp("demo"))
    done = made.python(BUILD)
    assert done.returncode == 0, done.stderr
    return made
