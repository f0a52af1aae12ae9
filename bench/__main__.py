"""All figures that have a target: run `python -m bench`. Takes about a minute; the machine should do nothing else."""

import subprocess
import sys

FIGURES = ("latency", "first_frame", "stage")

for name in FIGURES:
    subprocess.run([sys.executable, "-m", f"bench.{name}"], check=True)
