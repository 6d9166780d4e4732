//! Files that are there whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result, writing};

/// Puts `bytes` in the place of what the file held: written beside it, synced, renamed. Through a
/// link to the file it names; what is no regular file (`/dev/stdout`) is written to directly.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let fail = |error: std::io::Error| writing(path, &error);
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let mut file = OpenOptions::new().write(true).open(&target).map_err(fail)?;
        return file.write_all(bytes).map_err(fail);
    }
    let Some(name) = target.file_name() else {
        return Err(Error::usage(format!("{} is no name for a file", path.display())));
    };
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.part", std::process::id()));
    let beside = target.with_file_name(beside);
    let written = write_synced(&beside, bytes, old.map(|old| old.permissions()))
        .and_then(|()| fs::rename(&beside, &target));
    if let Err(error) = written {
        // The first failure is the one to tell of.
        fs::remove_file(&beside).ok();
        return Err(fail(error));
    }
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        // Not every file system can sync a folder; the file itself is safe.
        File::open(folder).and_then(|folder| folder.sync_all()).ok();
    }
    Ok(())
}

fn write_synced(
    path: &Path,
    bytes: &[u8],
    permissions: Option<fs::Permissions>,
) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
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
