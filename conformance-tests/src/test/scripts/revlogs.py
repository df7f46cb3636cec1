# SPDX-License-Identifier: Apache-2.0
"""An extension of Mercurial with the command dumprevlogs, which prints what every revlog has.

A line `file PATH` for each revlog, then one for each revision: node, parents, link, flags, length of
the text, length of the chunk, base, and the SHA-1 of the text.
"""
import binascii
import hashlib

from mercurial import registrar

testedwith = b'5.6.1 6.3.2 7.0.1 7.2'
cmdtable = {}
command = registrar.command(cmdtable)


@command(b'dumprevlogs', [], b'')
def dumprevlogs(ui, repo):
    repo = repo.unfiltered()
    files = set()
    for changeset in repo:
        files.update(repo[changeset].files())
    storages = [repo.changelog, repo.manifestlog.getstorage(b'')]
    storages += [repo.file(path) for path in sorted(files)]
    for storage in storages:
        revlog = getattr(storage, '_revlog', storage)
        name = getattr(revlog, 'indexfile', None) or revlog._indexfile
        ui.write(b'file %s\n' % repo.svfs.join(name))
        for revision in range(len(revlog)):
            dump(ui, revlog, revision)


def dump(ui, revlog, revision):
    node = revlog.node(revision)
    fields = list(revlog.parentrevs(revision))
    fields.append(revlog.linkrev(revision))
    fields.append(revlog.flags(revision))
    fields.append(revlog.rawsize(revision))
    fields.append(revlog.length(revision))
    fields.append(revlog.deltaparent(revision))
    text = revlog.rawdata(node)
    ui.write(
        b'%s %s %s\n'
        % (
            binascii.hexlify(node),
            b' '.join(b'%d' % field for field in fields),
            binascii.hexlify(hashlib.sha1(text).digest()),
        )
    )
