"""The site of the web server with one address more, whose answer takes as many seconds as its query says."""

import time

from reelive.web_process import application as site


def application(environ, start_response):
    if environ["PATH_INFO"] != "/slow":
        return site(environ, start_response)
    time.sleep(float(environ["QUERY_STRING"]))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "4")])
    return [b"slow"]
