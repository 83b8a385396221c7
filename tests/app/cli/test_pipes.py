"""A command whose reader has seen enough ends quietly."""

import subprocess
import sys

from app.config import ROOT


def test_a_closed_pipe_is_no_fault():
    command = subprocess.Popen([sys.executable, "-m", "app", "routes", "--json"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    command.stdout.readline()
    command.stdout.close()
    told = command.stderr.read()
    command.stderr.close()
    assert (command.wait(60), told) == (0, "")
