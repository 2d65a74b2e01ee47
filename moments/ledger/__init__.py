"""The public ledger of moderation: its chain of hashes, its signatures, its triggers and its proofs.

The rows themselves are written by `LedgerManager.record` (models/ledger.py), which the verbs call.
"""
