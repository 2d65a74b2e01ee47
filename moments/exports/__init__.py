"""What a member takes along: what it consists of, how it is made, and how it is read by people and machines."""
