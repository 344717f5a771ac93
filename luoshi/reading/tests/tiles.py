"""What holds for the pieces and drafts of every reading."""

from __future__ import annotations

from luoshi.reading.model import BOILERPLATE_KINDS, PIECE_KINDS, Reading


def check_tiles(reading: Reading) -> None:
    place = 0
    for piece in reading.pieces:
        assert piece.start == place
        assert piece.end > piece.start
        assert piece.kind in PIECE_KINDS
        assert (piece.detail in BOILERPLATE_KINDS) == (piece.kind == "boilerplate")
        assert piece.reason
        place = piece.end
    assert place == len(reading.text)
    for draft in reading.drafts:
        assert 0 <= draft.start < draft.end <= len(reading.text)
        assert 0 <= draft.deadline.start <= draft.deadline.end <= len(reading.text)
