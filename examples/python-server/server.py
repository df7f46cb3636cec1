#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""server.py [PORT]: version 1 of Mercurial's wire protocol with two commands, capabilities and heads.

It has one repository, an empty one, and is here to be held against the conformance suite.
"""
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

NULL = "0" * 40
TEXT = "application/mercurial-0.1"
ERROR = "application/hg-error"
MAX_BODY = 4 * 1024 * 1024


def capabilities():
    return "heads"


def heads():
    """An empty repository has one head: the null node."""
    return NULL + "\n"


COMMANDS = {"capabilities": capabilities, "heads": heads}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self):
        if not self.read_body():
            return
        names = parse_qs(urlsplit(self.path).query).get("cmd", [])
        if len(names) != 1:
            self.respond(400, ERROR, "give one command: ?cmd=NAME\n")
        elif names[0] not in COMMANDS:
            self.respond(400, ERROR, "this server does not have that command\n")
        else:
            self.respond(200, TEXT, COMMANDS[names[0]]())

    do_POST = do_GET
    do_HEAD = do_GET

    def read_body(self):
        """Reads a body that nobody needs, so that the next request begins behind it."""
        if "transfer-encoding" in self.headers:
            self.close_connection = True
            self.respond(411, ERROR, "give a content length\n")
            return False
        length = self.headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > MAX_BODY:
            self.close_connection = True
            self.respond(413, ERROR, "the body is too long\n")
            return False
        if len(self.rfile.read(int(length))) < int(length):
            self.close_connection = True
            return False
        return True

    def respond(self, status, media_type, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print(f"listening on http://127.0.0.1:{server.server_port}/", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
