"""How a peer talks with the benchmark: a line "operation<TAB>file<TAB>times" in, "CPU seconds<TAB>bytes" out."""
import sys
import time


def serve(name, operations):
    """Announces the peer, then runs what is asked for until the input ends; operations are (bytes) -> bytes."""
    print(name, flush=True)
    files = {}
    for line in sys.stdin:
        operation, path, times = line.rstrip("\n").split("\t")
        if operation not in operations:
            print("-", flush=True)
            continue
        if path not in files:
            with open(path, "rb") as file:
                files[path] = file.read()
        data = files[path]
        size = 0
        start = time.process_time()
        for _ in range(int(times)):
            size = len(operations[operation](data))
        print(f"{time.process_time() - start}\t{size}", flush=True)
