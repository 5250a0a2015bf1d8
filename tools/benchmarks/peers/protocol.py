"""How a peer talks with the benchmark: a line "operation<TAB>file<TAB>times" in, "CPU seconds<TAB>bytes" out."""
import struct
import sys
import time


def dimensions(data):
    """Width and height from the frame header."""
    at = 2
    while True:
        marker, length = struct.unpack(">xBH", data[at : at + 4])
        if marker in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length


def memory(field):
    """Bytes of this process, by the kernel: VmRSS now, VmHWM at most since the start or the last reset."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field))


def growth(operation, path):
    """By how many bytes the process grows at most while it runs the operation."""
    with open(path, "rb") as file:
        data = file.read()
    with open("/proc/self/clear_refs", "w") as peak:
        peak.write("5")
    before = memory("VmRSS")
    operation(data)
    return memory("VmHWM") - before


def serve(name, single):
    """Announces the peer, then runs what is asked for until the input ends; operations are (bytes) -> bytes.

    Called with an operation and a file, it prints what memory that takes instead.
    """
    operations = single | {
        "bw75": single["bw"],
        "transpose75": single["transpose"],
        "three-steps": lambda data: single["thumbnail"](single["bw"](single["transpose"](data))),
    }
    if len(sys.argv) == 3:
        print(growth(operations[sys.argv[1]], sys.argv[2]))
        return
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
