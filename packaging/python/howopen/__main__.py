"""`python -m howopen` is howopen."""
import os
import sys

from howopen import find_howopen

program = find_howopen()
os.execv(program, [program, *sys.argv[1:]])
