"""Packs words with a small number each into a table that the program searches where it stands
(`src/detect/lexicon/packed.rs` reads it).

The upper bits of a word's hash choose a bucket of about eight words; a word has three bytes there:
its number in the lower bits, and above it a tag, the next bits of the hash. Words are not kept, so
one that is in no list is taken for another about once in ten thousand times.

    python3 assets/pack.py

makes the packed tables of the lists in lexicon; names/clusters.py packs the groups of words.

Names that are known (lexicon/known.bin, read by `src/detect/lexicon/gazetteer.rs`) are not packed as
words: of each the table has where it stands in its list, and so all of it can be compared."""
import pathlib
import re

MASK = 0xFFFFFFFF


def mix(number, more):
    number = (number ^ more) * 0x9E3779B1 & MASK
    return (number ^ (number >> 15)) * 0x85EBCA77 & MASK


def word_hash(word):
    number = 0x811C9DC5
    for byte in word.encode():
        number = (number ^ byte) * 0x01000193 & MASK
    return mix(number, 0x5BD1)


def pack(words, bits, wide):
    """The table of `words`, pairs of a word and its number below `2 ** wide`, in `2 ** bits` buckets."""
    tag_bits = min(24 - wide, 32 - bits)
    buckets = [{} for _ in range(1 << bits)]
    for word, number in words:
        assert 0 <= number < 1 << wide
        value = word_hash(word)
        tag = (value >> (32 - bits - tag_bits)) & ((1 << tag_bits) - 1)
        # Of two words that cannot be told apart the first one counts.
        buckets[value >> (32 - bits)].setdefault(tag, number)
    starts, slots = [], bytearray()
    for bucket in buckets:
        starts.append(len(slots) // 3)
        for tag, number in bucket.items():
            slots += (tag << wide | number).to_bytes(3, "little")
    starts.append(len(slots) // 3)
    head = b"pqwords1" + bytes([bits, wide])
    return head + b"".join(start.to_bytes(3, "little") for start in starts) + slots


def lists(folder):
    """The words of the three lists: in the lower two bits who bears a given name (1 men, 2 women, 3
    both), then whether families are called so, and whether it is a common word."""
    numbers = {}
    for file, number in (("given-names", 0), ("surnames", 4), ("words", 8)):
        for line in (folder / (file + ".txt")).read_text(encoding="utf-8").splitlines():
            word, _, sex = line.partition("\t")
            numbers[word] = numbers.get(word, 0) | (number or {"m": 1, "f": 2}.get(sex, 3))
    return pack(sorted(numbers.items()), bits=13, wide=4)


def known(files):
    """Where each name stands, and how long names are that begin with a word."""
    names, longest = {}, {}

    def add(number, name, canonical):
        """`name` and `canonical` are places in the file: a start and an end, in bytes."""
        data = files[number]
        text = data[slice(*name)]
        names.setdefault(text, (number, name, canonical))
        if number == 2 and b" " not in text:
            return
        word = text.decode()
        parts = len(re.findall("[ -]", word)) + 1 + len(re.findall("[,\'’&]", word))
        for first in {re.split("[ ,’\'-]", word)[0], word.split(" ")[0]}:
            longest[first] = max(longest.get(first, 0), parts)

    for number, data in enumerate(files):
        at = 0
        for line in data.splitlines(keepends=True):
            start, at = at, at + len(line)
            line = line.rstrip(b"\n")
            if line.startswith((b"#", b"[")):
                continue
            first, _, others = line.partition(b" = ")
            canonical = (start, start + len(first))
            add(number, canonical, canonical)
            place = start + len(first) + 3
            for other in filter(None, others.split(b", ")):
                add(number, (place, place + len(other)), canonical)
                place += len(other) + 2
    return names, longest


def pack_known(names, bits):
    """The table of where names stand, in `2 ** bits` buckets. A name has eight bytes there: two bits for
    the file, 22 for where it begins, and eight for its length; and the same for the name that all
    names of the thing share, which stands in the same file, with two bits of the hash."""
    buckets = [[] for _ in range(1 << bits)]
    for text, (number, (start, end), (first, last)) in sorted(names.items()):
        assert max(start, first) < 1 << 22 and max(end - start, last - first) < 256
        value = word_hash(text.decode())
        tag = value >> (30 - bits) & 3
        slot = number << 30 | start << 8 | end - start, tag << 30 | first << 8 | last - first
        buckets[value >> (32 - bits)].append(b"".join(it.to_bytes(4, "little") for it in slot))
    starts, count = [], 0
    for bucket in buckets:
        starts.append(count)
        count += len(bucket)
    starts.append(count)
    head = b"pqknown1" + b"".join(start.to_bytes(2, "little") for start in starts)
    return head + b"".join(slot for bucket in buckets for slot in bucket)


if __name__ == "__main__":
    lexicon = pathlib.Path(__file__).parent / "lexicon"
    (lexicon / "lists.bin").write_bytes(lists(lexicon))
    files = ("places", "organisations", "cities")
    names, longest = known([(lexicon / (file + ".txt")).read_bytes() for file in files])
    (lexicon / "known.bin").write_bytes(pack_known(names, bits=12))
    (lexicon / "beginnings.bin").write_bytes(pack(sorted(longest.items()), bits=10, wide=4))
