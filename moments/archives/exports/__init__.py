"""What a member takes along: what it consists of, and how it is made."""
