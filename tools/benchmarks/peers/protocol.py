"""How a peer talks with the benchmark: a line "operation<TAB>file<TAB>times" in, the CPU seconds of all times out.

With a further <TAB>file, the last result is written there. What a peer does not do, it answers with "-".
"""
import ctypes
import functools
import struct
import sys
import time

BOXES = (128, 256, 512, 1024, 1600)
EIGHT_BOXES = (128, 192, 256, 384, 512, 768, 1024, 1600)


def library(*names):
    """The first of these shared libraries that is there, or None."""
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


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
    """Announces the peer, then runs what is asked for until the input ends.

    Operations are (bytes) -> bytes; "thumbnail", if there is one, is (box, bytes) -> bytes.
    Called with an operation and a file, it prints what memory that takes instead.
    """
    operations = {"bw75": single["bw"], "transpose75": single["transpose"]} | single
    thumbnail = operations.pop("thumbnail", None)
    if thumbnail:
        operations |= {f"thumbnail{box}": functools.partial(thumbnail, box) for box in BOXES}
        operations["three-steps"] = lambda data: thumbnail(128, single["bw"](single["transpose"](data)))
        operations["eight-sizes"] = lambda data: [thumbnail(box, data) for box in EIGHT_BOXES][-1]
    if len(sys.argv) == 3:
        print(growth(operations[sys.argv[1]], sys.argv[2]))
        return
    print(name, flush=True)
    files = {}
    for line in sys.stdin:
        operation, path, times, *result_path = line.rstrip("\n").split("\t")
        if operation not in operations:
            print("-", flush=True)
            continue
        if path not in files:
            with open(path, "rb") as file:
                files[path] = file.read()
        data = files[path]
        start = time.process_time()
        for _ in range(int(times)):
            result = operations[operation](data)
        seconds = time.process_time() - start
        for each in result_path:
            with open(each, "wb") as file:
                file.write(result)
        print(seconds, flush=True)
