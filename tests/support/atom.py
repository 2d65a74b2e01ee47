"""What stands in an Atom feed."""

import xml.etree.ElementTree as ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "http://localhost:8000"


def read(client, url, **headers):
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(feed, tag="title"):
    return [entry.findtext(ATOM + tag) for entry in feed.iter(f"{ATOM}entry")]


def links(node):
    return {link.get("rel"): link.get("href") for link in node.findall(f"{ATOM}link")}
