# SPDX-License-Identifier: Apache-2.0
"""redirect commands of wire protocol v2 to files

An extension for the tests, for hg 5.6.1. A response that is given the first time is kept in a
file; from the second time on a client that offers the target is redirected to that file, which
the test serves.

  [redirecting]
  target = cdn                        the name of the target
  base = http://127.0.0.1:8000/       the URL under which the directory is served
  directory = /some/where             where the files are written; it exists
  servercertificates = a.der, b.der   files with certificates for serverdercerts; optional
  log = /some/file                    a line for each response; optional
"""
import hashlib
import os
import tempfile

from mercurial import extensions, registrar, wireprototypes, wireprotov2server

configtable = {}
configitem = registrar.configitem(configtable)
for name in (b'target', b'base', b'directory', b'log'):
    configitem(b'redirecting', name, default=None)
configitem(b'redirecting', b'servercertificates', default=list)


def setting(repo, name):
    return repo.ui.config(b'redirecting', name)


def targets(original, repo, proto):
    base = setting(repo, b'base')
    target = {
        b'name': setting(repo, b'target'),
        b'protocol': base.split(b':')[0],
        b'uris': [base],
    }
    return [target]


class fileredirector(object):
    """Keeps the response to one request in a file, and redirects to it once it is there."""

    def __init__(self, repo, command, encode, offered, hashes):
        self.repo = repo
        self.command = command
        self.encode = encode
        self.offered = offered
        self.hashes = hashes
        self.path = None
        self.part = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if self.part:
            self.part.close()
            os.unlink(self.part.name)
            self.part = None

    def adjustcachekeystate(self, state):
        pass

    def setcachekey(self, key):
        self.path = os.path.join(setting(self.repo, b'directory'), key)
        return True

    def lookup(self):
        wanted = setting(self.repo, b'target') in self.offered and b'sha256' in self.hashes
        if not wanted or not os.path.exists(self.path):
            return None
        digest = hashlib.sha256()
        with open(self.path, 'rb') as content:
            for piece in iter(lambda: content.read(65536), b''):
                digest.update(piece)
        certificates = []
        for name in self.repo.ui.configlist(b'redirecting', b'servercertificates'):
            with open(name, 'rb') as certificate:
                certificates.append(certificate.read())
        self.log(b'redirected')
        location = wireprototypes.alternatelocationresponse(
            url=setting(self.repo, b'base') + os.path.basename(self.path),
            mediatype=b'application/mercurial-cbor',
            size=os.path.getsize(self.path),
            fullhashes=[(b'sha256', digest.digest())],
            serverdercerts=certificates or None,
        )
        return {b'objs': [location]}

    def onobject(self, value):
        if self.part is None:
            self.part = tempfile.NamedTemporaryFile(
                dir=setting(self.repo, b'directory'), prefix=b'part-', delete=False
            )
        encoded = b''.join(self.encode(value))
        self.part.write(encoded)
        yield wireprototypes.encodedresponse(encoded)

    def onfinished(self):
        self.log(b'inline')
        if self.part:
            self.part.close()
            os.rename(self.part.name, self.path)
            self.part = None
        return []

    def log(self, how):
        path = setting(self.repo, b'log')
        if path:
            with open(path, 'ab') as log:
                log.write(b'%s %s\n' % (self.command, how))


def cacher(original, repo, proto, command, args, objencoderfn, redirecttargets, redirecthashes):
    return fileredirector(repo, command, objencoderfn, redirecttargets, redirecthashes)


def extsetup(ui):
    # hg itself caches manifestdata, filedata and filesdata alone: changesetdata depends on phases
    # and bookmarks too, which no test changes while it is served.
    wireprotov2server.COMMANDS[b'changesetdata'].cachekeyfn = (
        wireprotov2server.makecommandcachekeyfn(b'changesetdata', localversion=1, allargs=True)
    )
    extensions.wrapfunction(wireprotov2server, 'getadvertisedredirecttargets', targets)
    extensions.wrapfunction(wireprotov2server, 'makeresponsecacher', cacher)
