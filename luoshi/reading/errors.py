"""The one error this package raises for input it cannot read."""


class ReadingError(Exception):
    """A file or text that cannot be read.

    ``code`` is stable and meant for programs: ``empty``, ``binary``, ``unsupported``, ``damaged``, ``encrypted``,
    ``too_large``, ``old_word``.  ``message_en`` is one plain English sentence for logs.
    """

    def __init__(self, code: str, message_en: str) -> None:
        super().__init__(message_en)
        self.code = code
        self.message_en = message_en
