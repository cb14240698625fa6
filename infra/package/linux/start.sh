#!/bin/sh
# Starts the program: the pages, over the data beside this folder. Options are those of "indicators serve".
case $0 in
*/*) here=${0%/*} ;;
*) here=. ;;
esac
here=$(CDPATH='' cd -- "$here" && pwd -P) || exit 3
# What options name without a folder lies beside this folder too, as the sample does.
cd "$here/.." || exit 3
exec "$here/indicators" serve "$@"
