"""What a member brings along from another site: how its archive is read, and how its rows are made here."""
