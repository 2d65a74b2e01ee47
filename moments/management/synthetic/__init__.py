"""A made-up site of any size for load tests: members, films, posts, threads, votes; one seed, one site."""
