"""Makes reading.ld, the list of the functions that reading an article runs.

    python3 assets/link/order.py ARTICLE...

builds the program, reads the sample and each ARTICLE (plain texts of a few thousand characters) in it
under Valgrind, with a few keys, and writes the list beside this file. Needed are Valgrind and Rust's own linker,
which is the usual one on x86_64 Linux. Do it again after the compiler or many dependencies have
changed: an old list does no harm, but the program maps more memory then.

A function stands in a section of its own, named as the function with a hash. The list leaves out the
hash, which another compiler changes, unless functions that are not run are called so as well (many
types have an `extend`); then it names the very function, and at its end, for the time when the hash
is another, all that are called so."""
import bisect
import collections
import fcntl
import os
import pathlib
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEYS = ["j", "j", "k", " ", "b", "]q", "]e", "]t", "/the\r", "n", "N", "\x1b", "\t", "j", "\r", "G", "gg"]
# What processors do that Valgrind does not know: the list has it although it was not seen to run.
UNSEEN = [".text._ZN4sha26sha2567x86_sha8compress17h*"]
# Where another article runs other rules: these stand behind what ran.
NEAR = [f".text._ZN9pullquote{len(module)}{module}*" for module in ("detect", "annot", "text", "ui", "app", "run")]


def build():
    """The program with its names, and the linker's map of it."""
    linked = ROOT / "target/order/map"
    arguments = ["-C", "strip=none", "-C", f"link-arg=-Wl,-Map={linked}"]
    command = ["cargo", "rustc", "--release", "--bin", "pullquote", "--target-dir", ROOT / "target/order", "--"]
    # Valgrind does not know a program again whose code is in two sections.
    environment = dict(os.environ, PULLQUOTE_PLAIN_LINK="1")
    subprocess.run(command + arguments, cwd=ROOT, env=environment, check=True)
    return ROOT / "target/order/release/pullquote", linked


def read(program, article, folder):
    """What Callgrind wrote of a reading."""
    record = folder / f"{len(list(folder.iterdir()))}.callgrind"
    command = ["valgrind", "--tool=callgrind", "--dump-instr=yes", f"--callgrind-out-file={record}"]
    environment = dict(os.environ, TERM="xterm-256color", XDG_DATA_HOME=str(folder), XDG_CONFIG_HOME=str(folder))
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], [*command, str(program), str(article)], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def wait(seconds):
        while select.select([terminal], [], [], seconds)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                return

    # The first line of the screen may take long, and what is found comes behind it.
    select.select([terminal], [], [], 120)
    wait(15)
    for key in KEYS:
        os.write(terminal, key.encode())
        wait(1)
    for size in [(24, 80), (40, 120)]:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        wait(1)
    os.write(terminal, b"q")
    wait(5)
    os.waitpid(child, 0)
    return record


def executed(record, program):
    """The addresses of the program's instructions that ran."""
    names, ours, address, found = {}, False, 0, set()
    for line in record.read_text().splitlines():
        if named := re.match(r"c?ob=(\(\d+\))\s*(.*)", line):
            names.setdefault(named[1], named[2])
            if line.startswith("ob="):
                ours = names[named[1]] == str(program)
        elif place := re.match(r"(0x[0-9a-f]+|[+-]\d+|\*) ", line):
            if place[1][0] in "+-":
                address += int(place[1])
            elif place[1] != "*":
                address = int(place[1], 16)
            if ours:
                found.add(address)
    return found


def sections(linked):
    """Where each function's section begins, how long it is, and its name."""
    line = re.compile(r"\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s+\d+ +\S.*:\((\.text\.[^)]*)\)$")
    found = (line.match(it) for it in linked.read_text().splitlines())
    return sorted((int(it[1], 16), int(it[2], 16), it[3]) for it in found if it and int(it[2], 16))


def without_hash(name):
    name = re.sub(r"\.llvm\.\d+$", "", name)
    name = re.sub(r"17h[0-9a-f]{16}E", "17h*", name)
    return re.sub(r"Cs[0-9A-Za-z]+_", "Cs*_", name) if "._R" in name else name


def order(places, addresses):
    """The names of what ran, in the order of the program."""
    starts, ran = [place[0] for place in places], set()
    for address in addresses:
        at = bisect.bisect_right(starts, address) - 1
        if at >= 0 and address < sum(places[at][:2]):
            ran.add(at)
    run, idle = collections.Counter(), collections.Counter()
    for at, (_, size, name) in enumerate(places):
        (run if at in ran else idle)[without_hash(name)] += size
    first, last = list(UNSEEN), []
    for at in sorted(ran):
        name = places[at][2]
        short = without_hash(name)
        if idle[short] <= max(3000, run[short] // 10):
            first.append(short)
        else:
            first.append(re.sub(r"\.llvm\.\d+$", "", name))
            last.append(short)
    return [name if name.endswith("*") else name + "*" for name in dict.fromkeys(first + last + NEAR)]


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program, linked = build()
        articles = [ROOT / "assets/sample.txt", *map(pathlib.Path, sys.argv[1:])]
        # The second time the library knows the article.
        records = [read(program, article.resolve(), folder) for article in articles for _ in range(2)]
        addresses = set().union(*(executed(record, program) for record in records))
        names = order(sections(linked), sorted(addresses))
    assert len(names) > 500, "the record does not tell what ran"
    head = "/* What a reading runs stands together: made by assets/link/order.py, used by build.rs. */\n"
    lines = "".join(f"*({name})\n" for name in names)
    text = f"{head}SECTIONS {{ .text.reading : {{\n{lines}}} }} INSERT BEFORE .text;\n"
    (ROOT / "assets/link/reading.ld").write_text(text)
    print(len(names), "names")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
