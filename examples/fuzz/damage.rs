//! Ways to damage a file.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A row of numbers that is the same for the same seed (`SplitMix64`, Steele et al. 2014).
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, 0 where that is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    pub(super) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// The most bytes of a damaged file; seldom more.
const MOST: usize = 64 * 1024;
const SELDOM: usize = 3 * 1024 * 1024;

/// What readers of these formats may stumble over.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td colspan=9999999>",
    "</table>",
    "<ul><li>",
    "</ul>",
    "<pre>",
    "</pre>",
    "<blockquote>",
    "<a href='",
    "<a href=\"javascript:alert(1)\">",
    "</a>",
    "<img src='x' alt='",
    "<figure><figcaption>",
    "<svg>",
    "<math>",
    "<template>",
    "<script>",
    "</script>",
    "<style>",
    "<title>",
    "</title>",
    "<noscript>",
    "<br/>",
    "<select><option>",
    "<form>",
    "<b><i><b><i>",
    "</b>",
    "<h1>",
    "<h6>",
    "<time datetime='",
    "<meta property=\"article:published_time\" content=\"",
    "<script type=\"application/ld+json\">{\"@type\":[",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE a [<!ENTITY b '&b;&b;'>]>",
    "&b;",
    "&amp;",
    "&#0;",
    "&#x1b;",
    "&#x202e;",
    "&#99999999;",
    "&#xd800;",
    "&nbsp;",
    "'",
    "\"",
    ">",
    "<",
    "/>",
    "=",
    "{",
    "}",
    "[[",
    "]]",
    "# ",
    "###### ",
    "> ",
    "> > > > ",
    "* ",
    "- [ ] ",
    "1. ",
    "99999999999. ",
    "```",
    "~~~",
    "| a | b |\n|---|---|\n",
    "![",
    "](",
    "[^1]",
    "[^1]: ",
    "***",
    "__",
    "`",
    "\\",
    "---\n",
    "+++\n",
    "title: ",
    "date: 99999-99-99\n",
    "    ",
    "\t",
    "\n\n",
    "\r",
    "<item>",
    "</item>",
    "<entry>",
    "<link>",
    "<link href='",
    "<guid>",
    "<pubDate>",
    "<media:content url='",
    "<itunes:image href='",
    "<content type=\"xhtml\">",
    "<outline xmlUrl='http://example.org/'>",
    "\"items\":[",
    "\"content_html\":",
    "== META-INF/container.xml\n",
    "== ../../etc/passwd\n",
    "== OEBPS/book.opf\n",
    "<itemref idref='a'/>",
    "href='../../../x'",
    "<item id='a' href='a' media-type='application/xhtml+xml'/>",
    "<navPoint><content src='",
    "properties='nav'",
    "\u{1b}[2J",
    "\u{1b}]0;x\u{7}",
    "\u{9b}31m",
    "\0",
    "\u{7f}",
    "\u{202e}",
    "\u{2066}",
    "\u{200d}",
    "\u{200d}\u{200d}\u{200d}",
    "e\u{301}\u{301}\u{301}\u{301}",
    "\u{feff}",
    "\u{fffe}",
    "\u{e0061}",
    "\u{1f1e9}",
    "👩\u{200d}👩\u{200d}👧",
    "ﷺ",
    "\u{2028}",
    "\u{85}",
    "“",
    "”",
    "‘",
    "’",
    "«",
    "»",
    "İ",
    "ẞ",
    "ǆ",
    "0",
    "-1",
    "18446744073709551616",
    "1e999",
    "2024-02-30",
    "By ",
    "Published ",
];

/// A file made of another one, with parts of a third.
pub(super) fn damaged(from: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut file = from.to_vec();
    for _ in 0..=random.below(6) {
        file = match random.below(8) {
            0 => bytes(file, random),
            1 => spliced(&file, other, random),
            2 => repeated(&file, random),
            3 | 4 => with_piece(file, random),
            5 => parts(&file, random),
            6 => nested(file, random),
            _ => cut(file, random),
        };
        let most = if random.one_in(200) { SELDOM } else { MOST };
        file.truncate(most);
    }
    file
}

/// A few bytes are others.
pub(super) fn bytes(mut file: Vec<u8>, random: &mut Random) -> Vec<u8> {
    for _ in 0..=random.below(8) {
        let at = random.below(file.len());
        let any = u8::try_from(random.below(256)).unwrap_or(0);
        match (random.below(3), file.get_mut(at)) {
            (0, Some(byte)) => *byte = any,
            (1, Some(byte)) => *byte ^= 1 << (any % 8),
            (_, Some(_)) => file.insert(at, any),
            (_, None) => file.push(any),
        }
    }
    file
}

/// A place, and a length that is mostly short.
fn range(length: usize, random: &mut Random) -> (usize, usize) {
    let from = random.below(length + 1);
    let most = if random.one_in(4) { length - from } else { (length - from).min(200) };
    (from, from + random.below(most + 1))
}

fn spliced(file: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let ((from, to), (begin, end)) = (range(file.len(), random), range(other.len(), random));
    [&file[..from], &other[begin..end], &file[to..]].concat()
}

fn repeated(file: &[u8], random: &mut Random) -> Vec<u8> {
    let (from, to) = range(file.len(), random);
    let most = if random.one_in(20) { 60_000 } else { 30 };
    let times = random.below(most).min(SELDOM / (to - from).max(1));
    [&file[..to], &file[from..to].repeat(times), &file[to..]].concat()
}

fn with_piece(mut file: Vec<u8>, random: &mut Random) -> Vec<u8> {
    for _ in 0..=random.below(4) {
        let piece = PIECES[random.below(PIECES.len())];
        let times = match random.below(60) {
            0 => 20_000,
            1..6 => random.below(300),
            _ => 1,
        };
        let at = random.below(file.len() + 1);
        let behind = file.split_off(at);
        file.extend(piece.repeat(times).bytes());
        file.extend(behind);
    }
    file
}

/// Tags, or lines where there are none, stand elsewhere, twice or not at all.
fn parts(file: &[u8], random: &mut Random) -> Vec<u8> {
    let by = if file.contains(&b'<') { b'<' } else { b'\n' };
    let mut parts: Vec<&[u8]> = Vec::new();
    let mut rest = file;
    while let Some(end) = rest.iter().skip(1).position(|it| *it == by).map(|it| it + 1) {
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    parts.push(rest);
    for _ in 0..=random.below(5) {
        let (one, other) = (random.below(parts.len()), random.below(parts.len()));
        match random.below(3) {
            0 => parts.swap(one, other),
            1 => parts.insert(one, parts[other]),
            _ if parts.len() > 1 => _ = parts.remove(one),
            _ => {}
        }
    }
    parts.concat()
}

/// Something opened many times without an end.
fn nested(file: Vec<u8>, random: &mut Random) -> Vec<u8> {
    const OPEN: &[&str] = &[
        "<div>",
        "<b>",
        "<table><tr><td>",
        "<ul><li>",
        "<blockquote>",
        "<svg><g>",
        "<a>",
        "<font>",
        "<nobr>",
        "<span a=b>",
        "> ",
        "* ",
        "[",
        "(",
        "![",
        "**",
        "_",
        "`",
        "<item>",
        "<outline>",
        "<entry><content>",
        "{\"a\":",
        "[[",
        "<navPoint>",
        "“",
        "‘",
    ];
    let open = OPEN[random.below(OPEN.len())];
    let times = if random.one_in(10) { 10_000 } else { random.below(400) };
    let at = random.below(file.len() + 1);
    [&file[..at], open.repeat(times).as_bytes(), &file[at..]].concat()
}

fn cut(mut file: Vec<u8>, random: &mut Random) -> Vec<u8> {
    let (from, to) = range(file.len(), random);
    if random.one_in(3) {
        file.truncate(to);
    } else {
        file.drain(from..to);
    }
    file
}

/// A book of the files that stand in a list, each behind a line that begins with `==`.
pub(super) fn packed(list: &[u8]) -> Vec<u8> {
    let list = String::from_utf8_lossy(list);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in list.split("\n== ").take(200) {
        let (name, text) = part.split_once('\n').unwrap_or((part, ""));
        let name = name.trim_start_matches("== ");
        // What stands in a zip archive twice, or has no name, its writer refuses.
        if zip.start_file(name, SimpleFileOptions::default()).is_ok() {
            zip.write_all(text.as_bytes()).ok();
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
