//! Reads JSON Lines, as they are or packed with gzip.

use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use serde::de::DeserializeOwned;

/// All lines of a file.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Box<dyn Error>> {
    let packed = path.extension().is_some_and(|it| it == "gz");
    let lines = if packed {
        let file = File::open(path)?;
        let done = Command::new("gzip").arg("-dc").stdin(Stdio::from(file)).output()?;
        if !done.status.success() {
            return Err(format!("gzip cannot unpack {}", path.display()).into());
        }
        String::from_utf8(done.stdout)?
    } else {
        fs::read_to_string(path)?
    };
    let parse = |(at, line): (usize, &str)| {
        serde_json::from_str(line)
            .map_err(|error| format!("{}, line {}: {error}", path.display(), at + 1).into())
    };
    lines.lines().enumerate().filter(|it| !it.1.trim().is_empty()).map(parse).collect()
}
