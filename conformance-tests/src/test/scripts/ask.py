# ask.py REPOSITORY: asks Mercurial about a repository. Each line of standard input is a question, the answer is some
# lines and an empty one. Words are separated by tabs.
#   names HEX…   the path in the store of each file, whose paths are in hexadecimal
#   served       the node of each changeset that may be served
#   tags         name, in hexadecimal, and node of each tag that may be served
#   hg WORD…     runs a command, whose output is the answer; a failure is none
import io
import os
import sys

from mercurial import dispatch, hg, ui

path = os.fsencode(sys.argv[1])


def ask(question, words):
    repository = hg.repository(ui.ui.load(), path)
    if question == 'names':
        for word in words:
            name = repository.sjoin(b'data/' + bytes.fromhex(word) + b'.i')
            yield os.fsdecode(os.path.relpath(name, repository.spath))
    elif question == 'served':
        served = repository.filtered(b'served')
        for revision in served:
            yield served[revision].hex().decode('ascii')
    elif question == 'tags':
        for name, node in repository.filtered(b'served').tagslist():
            yield name.hex() + ' ' + node.hex()
    elif question == 'hg':
        output = io.BytesIO()
        line = [b'-R', path, b'--config', b'experimental.evolution=all'] + [os.fsencode(word) for word in words]
        dispatch.dispatch(dispatch.request(line, fout=output, ferr=io.BytesIO()))
        yield from output.getvalue().decode('latin-1').splitlines()


for line in sys.stdin:
    question, *words = line.rstrip('\n').split('\t')
    for answer in ask(question, words):
        print(answer)
    print(flush=True)
