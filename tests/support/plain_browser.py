"""Somebody without scripts before nginx, or before one app process alone as nginx would come to it."""

import requests


class Browser:
    def __init__(self, cluster, app=None):
        self.home = f"http://127.0.0.1:{cluster.port[app]}" if app else cluster.home
        self.session, self.token = requests.Session(), ""
        self.session.verify = str(cluster.folder / "fullchain.pem")
        self.session.trust_env = False
        self.session.headers["Referer"] = f"{cluster.home}/"
        if app:
            host = cluster.home.partition("//")[2]
            # A connection that stays open is waited for when the process stops.
            forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1", "Connection": "close"}
            self.session.headers.update(forwarded | {"Host": host})

    def carries(self, other):
        """The cookies of another browser, which were for TLS alone."""
        cookies = {cookie.name: cookie.value for cookie in other.session.cookies}
        self.session.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.token = cookies["__Host-csrftoken"]

    def opens(self, path):
        return self.session.get(self.home + path, timeout=30, allow_redirects=False)

    def sends(self, path, **form):
        files = {name: form.pop(name) for name in list(form) if hasattr(form[name], "read")}
        token = self.token or self.session.cookies.get("__Host-csrftoken", "")
        return self.session.post(
            self.home + path,
            data=form | {"csrfmiddlewaretoken": token},
            files=files or None,
            timeout=30,
            allow_redirects=False,
        )
