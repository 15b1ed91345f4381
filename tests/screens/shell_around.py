"""Runs the program in its own terminal and says whether that is afterwards as it was before."""

import subprocess
import sys
import termios

before = termios.tcgetattr(0)
subprocess.run([sys.executable, "-m", "tests.screens.desk_program", *sys.argv[1:]], check=True)
print("SAME" if termios.tcgetattr(0) == before else "CHANGED", flush=True)
input()
