"""How long the window takes: run `python -m bench.first_frame`. Prints seconds from process start to the first frame.

Each run is a new process, which opens the first screen of the client and closes it after its first frame.
"""

import os
import statistics
import subprocess
import sys
import time

RUNS = 7


def child(began: float) -> None:
    """Run the client's window until it has drawn once, and print how long ago the process began."""
    from beside import Host
    from command_line import VERSION
    from work.desktop.app import App
    from work.settings import Store

    app = App(Store(None), VERSION, Host(None, None))

    def watch() -> None:
        app.window.wake()  # no nap between two passes: the second sees at once that the first has drawn
        if app.window.frames:
            print(time.time() - began, flush=True)
            app.window.close()

    app.window.on_pass = watch
    app.run()


def main() -> None:
    """Measure several starts."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    taken = []
    for _ in range(RUNS):
        command = [sys.executable, "-m", "bench.first_frame", "--child", str(time.time())]
        taken.append(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]))
    driver = os.environ["SDL_VIDEODRIVER"]
    print(f"first frame ({driver}): {statistics.median(taken):.2f} s, at worst {max(taken):.2f}; target 1 s")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(float(sys.argv[2]))
    else:
        main()
