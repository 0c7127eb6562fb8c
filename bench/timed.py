"""Runs a program to its end: timed.py PROGRAM ARGUMENT... Prints seconds and peak memory as JSON."""

import json
import resource
import subprocess
import sys
import time

start = time.perf_counter()
ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
seconds = time.perf_counter() - start
# Of the largest process; in kilobytes, on macOS in bytes.
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"seconds": seconds, "peak_bytes": peak * unit, "code": ended.returncode}))
