"""What members take along and bring: the archive of all that is theirs, and the import of one."""
