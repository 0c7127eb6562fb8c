"""Runs a program on a terminal of its own and types: keyboard.py ANSWERS.json PROGRAM ARG...

ANSWERS is a list of [what stands on the screen, what is then typed]. Prints the screen."""

import json
import os
import pty
import sys

answers = json.loads(open(sys.argv[1], encoding="utf-8").read())
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
screen = ""
seen = 0
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        # Linux tells the end of a terminal so.
        break
    if not data:
        break
    screen += data.decode(errors="replace")
    if answers and answers[0][0] in screen[seen:]:
        seen = len(screen)
        os.write(terminal, answers.pop(0)[1].encode())
print(screen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
