"""The fictional township 青禾镇."""
