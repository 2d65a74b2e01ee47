"""Bringing: what members had elsewhere is compared with what is here, written, undone, and joined later."""
