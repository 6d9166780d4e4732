//! Packed files: gzip, and zip archives that hold one article.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::{LIMIT, binary};
use crate::error::{Error, Result};

/// What a packed source holds, with its name; the source itself where it is not packed.
pub(super) fn unpacked(bytes: Vec<u8>, name: &str) -> Result<(Vec<u8>, Option<String>)> {
    if bytes.starts_with(&[0x1F, 0x8B, 8]) {
        let inner = name.strip_suffix(".gz").unwrap_or(name).to_owned();
        let unpacked = taken(MultiGzDecoder::new(&bytes[..]), name)?;
        return Ok((unpacked, Some(inner)));
    }
    if binary::is_epub(&bytes) || binary::kind_of(&bytes).is_none_or(|it| !it.is_zip()) {
        return Ok((bytes, None));
    }
    let broken = |error: &dyn std::fmt::Display| {
        Error::new(format!("{name} is a zip archive that cannot be unpacked: {error}"))
    };
    let mut archive = ZipArchive::new(Cursor::new(&bytes[..])).map_err(|it| broken(&it))?;
    let mut files = Vec::new();
    for number in 0..archive.len().min(1000) {
        let file = archive.by_index(number).map_err(|it| broken(&it))?;
        if file.is_file() && !file.name().is_ok_and(|it| it.starts_with("__MACOSX/")) {
            files.push(number);
        }
    }
    let [only] = files[..] else {
        let message = format!("{name} is a zip archive of {} files", files.len());
        return Err(Error::new(message).hint("unpack it and open one of them"));
    };
    let file = archive.by_index(only).map_err(|it| broken(&it))?;
    let inner = file.name().map_or_else(|_| String::new(), std::borrow::Cow::into_owned);
    Ok((taken(file, name)?, Some(inner)))
}

fn taken(packed: impl Read, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let result = packed.take(LIMIT + 1).read_to_end(&mut bytes);
    result.map_err(|error| Error::new(format!("{name} cannot be unpacked: {error}")))?;
    if bytes.len() as u64 > LIMIT {
        let message = format!("{name} unpacks to more than {} MB", LIMIT / 1_048_576);
        return Err(Error::new(message).hint("unpack it and cut it into parts"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::article::read;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    }

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn packed_articles_are_read() {
        let page = b"<!doctype html><p>The ferry did not sail.";
        assert_eq!(read(gzip(page), "a.html.gz").unwrap().text, "The ferry did not sail.");
        assert_eq!(read(gzip(b"# Ferry"), "a.md.gz").unwrap().text, "Ferry");
        assert_eq!(read(zip(&[("a.md", b"# Ferry")]), "a.zip").unwrap().text, "Ferry");
        let error = read(zip(&[("a", b"one"), ("b", b"two")]), "a.zip").unwrap_err();
        assert!(error.to_string().contains("of 2 files"), "{error}");
        let error = read(gzip(&gzip(b"twice")), "a.gz").unwrap_err();
        assert!(error.to_string().contains("gzip"), "{error}");
    }

    #[test]
    fn bombs_are_refused() {
        let large = vec![b' '; usize::try_from(LIMIT).unwrap() + 1];
        for bomb in [gzip(&large), zip(&[("a.txt", &large)])] {
            let error = read(bomb, "a").unwrap_err();
            assert!(error.to_string().contains("unpacks to more than 100 MB"), "{error}");
        }
        let whole = gzip(b"The ferry did not sail on Monday.");
        assert!(read(whole[..whole.len() - 9].to_vec(), "a.gz").is_err());
    }
}
