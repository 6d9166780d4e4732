"""Packs words with a small number each into a table that the program searches where it stands
(`src/detect/lexicon/packed.rs` reads it).

The upper bits of a word's hash choose a bucket of about eight words; a word has three bytes there:
its number in the lower bits, and above it a tag, the next bits of the hash. Words are not kept, so
one that is in no list is taken for another about once in ten thousand times.

    python3 assets/pack.py

makes lexicon/lists.bin of the lists beside it; names/clusters.py packs the groups of words."""
import pathlib

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


if __name__ == "__main__":
    lexicon = pathlib.Path(__file__).parent / "lexicon"
    (lexicon / "lists.bin").write_bytes(lists(lexicon))
