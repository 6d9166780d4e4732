//! Bytes as a site packs them for the way.

use std::io::Read;

use ureq::http::Uri;

use super::{LIMIT, trouble};
use crate::error::{Error, Result};

/// The most packings within each other.
const MOST: usize = 3;

/// Unpacks what was packed as `packed` says, the last packing first.
pub(super) fn unpacked(mut bytes: Vec<u8>, packed: Option<&str>, at: &Uri) -> Result<Vec<u8>> {
    let names = packed.unwrap_or_default().to_lowercase();
    let names: Vec<&str> =
        names.split(',').map(str::trim).filter(|it| !matches!(*it, "" | "identity")).collect();
    if names.len() > MOST {
        return Err(Error::new(format!("{at} is packed too often")));
    }
    for name in names.into_iter().rev() {
        let source = &bytes[..];
        bytes = match name {
            "gzip" | "x-gzip" => taken(flate2::read::MultiGzDecoder::new(source), at)?,
            "deflate" => match taken(flate2::read::ZlibDecoder::new(source), at) {
                Ok(bytes) => bytes,
                // Some leave out the wrapping.
                Err(_) => taken(flate2::read::DeflateDecoder::new(source), at)?,
            },
            "br" => taken(brotli_decompressor::Decompressor::new(source, 16 * 1024), at)?,
            "zstd" => {
                let decoder = ruzstd::decoding::StreamingDecoder::new(source);
                let decoder = decoder.map_err(|error| broken(at, &error.to_string()))?;
                taken(decoder, at)?
            }
            other => {
                let name = other.chars().take(40).collect::<String>();
                return Err(Error::new(format!("{at} is packed as `{}`", name.escape_debug())));
            }
        };
    }
    Ok(bytes)
}

fn taken(packed: impl Read, at: &Uri) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let result = packed.take(LIMIT + 1).read_to_end(&mut bytes);
    result.map_err(|error| broken(at, &error.to_string()))?;
    if bytes.len() as u64 > LIMIT { Err(trouble::too_large(at)) } else { Ok(bytes) }
}

fn broken(at: &Uri, why: &str) -> Error {
    Error::new(format!("{at} cannot be unpacked: {why}")).hint("try again")
}
