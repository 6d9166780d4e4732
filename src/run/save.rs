//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, writing};

/// A file in the making, beside the place where it is to be. It takes that place when it is kept;
/// otherwise nothing is left of it.
///
/// Through a link it takes the place of the file that the link names. What is no regular file
/// (`/dev/stdout`) is written to directly.
#[derive(Debug)]
pub(crate) struct Draft {
    file: BufWriter<File>,
    /// Where it is and where it shall be; none where it is written to directly.
    places: Option<(PathBuf, PathBuf)>,
}

impl Draft {
    /// Begins a file for this path.
    pub(crate) fn of(path: &Path) -> Result<Self> {
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let Some(name) = target.file_name() else {
            return Err(Error::usage(format!("{} is no name for a file", path.display())));
        };
        let mut beside = std::ffi::OsString::from(".");
        beside.push(name);
        beside.push(format!(".{}.part", std::process::id()));
        Self::begin(target.with_file_name(beside), target).map_err(|error| writing(path, &error))
    }

    fn begin(beside: PathBuf, target: PathBuf) -> io::Result<Self> {
        let old = fs::metadata(&target).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let file = File::options().write(true).open(&target)?;
            return Ok(Self { file: BufWriter::new(file), places: None });
        }
        let file = File::create(&beside)?;
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        Ok(Self { file: BufWriter::new(file), places: Some((beside, target)) })
    }

    /// Puts it in its place, once it is safe on the disk.
    pub(crate) fn keep(mut self) -> io::Result<()> {
        self.file.flush()?;
        let Some((beside, target)) = &self.places else { return Ok(()) };
        self.file.get_ref().sync_all()?;
        fs::rename(beside, target)?;
        if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            // Not every file system can sync a folder; the file itself is safe.
            File::open(folder).and_then(|folder| folder.sync_all()).ok();
        }
        Ok(())
    }
}

/// Writes a whole file, or leaves the one that was there as it is.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut draft = Draft::of(path)?;
    let written = draft.write_all(bytes).and_then(|()| draft.keep());
    written.map_err(|error| writing(path, &error))
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some((beside, _)) = &self.places {
            // Gone already where it was kept.
            fs::remove_file(beside).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use super::save as replace;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        let mut draft = Draft::of(&path).unwrap();
        draft.write_all(b"three").unwrap();
        drop(draft);
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = replace(&folder.path().join("none/a.toml"), b"one").unwrap_err();
        assert!(error.to_string().ends_with("no such file"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.toml"), folder.path().join("link.toml"));
        fs::write(&path, b"one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&path, &link).unwrap();
        replace(&link, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
