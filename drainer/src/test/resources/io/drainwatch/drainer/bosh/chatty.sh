#!/bin/bash
# Commands of which nobody took care: blank lines on stdout before the number, text on stderr.
set -x
echo
printf '\t\n\r\n'
: "stopping" && true
echo "some warning" >&2
set +x
printf '\n  3 \n\n'
