"""A mail server of our own: it takes letters, refuses them or lets senders wait, as a test tells it."""

import email
import socketserver
import threading
from email import policy


class Session(socketserver.StreamRequestHandler):
    """One connection; the plan tells what it answers to a command instead of yes."""

    def handle(self):
        plan = self.server.owner.next_plan()
        self.say(plan.get("CONNECT", "220 ready"))
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self.take(plan)
            else:
                self.say(plan.get(word, "221 bye" if word == "QUIT" else "250 yes").format(line))
            if word == "QUIT":
                return

    def take(self, plan):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        owner = self.server.owner
        if "WAIT" in plan:
            owner.waiting.set()
            self.rfile.read()  # until the sender is gone
            return
        if "DATA" not in plan:
            owner.letters.append(email.message_from_bytes(b"".join(lines), policy=policy.default))
        self.say(plan.get("DATA", "250 taken"))

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


class MailServer:
    """`plans` has one dict for each connection to come; a connection without a plan is served well."""

    def __init__(self, plans=()):
        self.plans, self.letters = list(plans), []
        self.waiting = threading.Event()

    def next_plan(self):
        return self.plans.pop(0) if self.plans else {}

    def __enter__(self):
        self.listener = Listener(("127.0.0.1", 0), Session)
        self.listener.owner = self
        self.port = self.listener.server_address[1]
        self.thread = threading.Thread(target=self.listener.serve_forever, args=(0.05,))
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.listener.shutdown()
        self.listener.server_close()
        self.thread.join()
