"""What the site tells machines: Atom feeds, sitemaps, robots.txt and the metadata of pages."""
