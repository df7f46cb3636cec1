#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the bundles beside it: sh make-bundles.sh HG, in an empty directory. They were made with
# Mercurial 5.6.1; with it the same history comes out every time. The changegroups 03 are the
# backups of the strip extension, since `hg bundle` makes none.
set -e
hg="$1"
export HGRCPATH=/dev/null HGENCODING=UTF-8 HGUSER='A. Writer <writer@example.org>'
fill() {
  n=0
  commit() {
    n=$((n + 1))
    "$hg" commit -q -A -d "$((n * 1000)) 0" -m "$1"
  }
  mkdir -p src/deep docs
  seq 1 60 > numbers.txt
  printf 'int main() { return 0; }\n' > src/main.c
  printf 'deep\n' > src/deep/file
  printf '\000\001\002\377binary' > src/blob
  printf 'caf\303\251\n' > 'docs/caf\303\251 menu.txt'
  commit 'first'
  for i in 1 2 3 4 5 6; do
    seq $i 60 > numbers.txt
    printf 'line %s\n' $i >> src/deep/file
    commit "change $i"
  done
  "$hg" copy -q numbers.txt docs/copied.txt
  commit 'copy'
  "$hg" move -q src/main.c src/start.c
  commit 'move'
  "$hg" update -q 3
  printf 'other\n' >> src/deep/file2
  printf 'other\n' > docs/other
  commit 'a second head'
  "$hg" branch -q side
  printf 'more\n' >> docs/other
  commit 'on a branch'
  "$hg" update -q 8
  "$hg" merge -q side
  commit 'merge'
  "$hg" remove -q src/blob
  printf '\001\nlooks like metadata\n' > docs/odd
  commit 'remove'
}
backup() {
  "$hg" -R "$1" --config extensions.strip= --config experimental.changegroup3=true \
    strip -q -f -r 0
  cp "$1"/.hg/strip-backup/*.hg "$2"
}
"$hg" init flat
(cd flat && fill)
for type in none-v1 gzip-v1 bzip2-v1 none-v2 gzip-v2 bzip2-v2 zstd-v2; do
  "$hg" -R flat bundle -q -a -t $type $type.hg
done
"$hg" -R flat bundle -q --base 8 -r 12 -t none-v2 incremental-v2.hg
backup flat bzip2-03.hg
"$hg" init trees --config experimental.treemanifest=true
(cd trees && fill)
backup trees bzip2-03-trees.hg
