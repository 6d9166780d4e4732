//! How the program is put together, so that a reading needs little memory. Nothing depends on it, and
//! `PULLQUOTE_PLAIN_LINK=1` leaves all of it out.
//!
//! The system maps a program's code in stretches of 64 KB around each page that runs. What a reading
//! runs is a fifth of the code, strewn over all of it, so that three times as much would be mapped as
//! is run. `assets/link/reading.ld` names the functions that belong together; a name that is not there
//! any more is passed over.
//!
//! The places of the program that hold addresses are listed for the system's loader, which reads the
//! list at each start. Packed it is a fiftieth as long; glibc reads that since 2.36.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets/link/reading.ld");
    println!("cargo::rerun-if-env-changed=PULLQUOTE_PLAIN_LINK");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    // The names are those of this system; elsewhere other code is compiled in.
    let system = ["CARGO_CFG_TARGET_OS", "CARGO_CFG_TARGET_ARCH", "CARGO_CFG_TARGET_ENV"];
    let known = system.map(variable) == ["linux", "x86_64", "gnu"];
    let plain = !variable("PULLQUOTE_PLAIN_LINK").is_empty();
    if plain || !known || variable("PROFILE") != "release" {
        return;
    }
    // These linkers read no such lists and stop at them.
    let linker = variable("CARGO_ENCODED_RUSTFLAGS") + &variable("RUSTC_LINKER");
    if !["mold", "wild"].iter().any(|other| linker.contains(other)) {
        let list = Path::new(&variable("CARGO_MANIFEST_DIR")).join("assets/link/reading.ld");
        println!("cargo::rustc-link-arg-bins=-Wl,-T,{}", list.display());
    }
    if variable("HOST") == variable("TARGET") && glibc().is_some_and(|version| version >= (2, 36)) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of this system's glibc; none where it does not tell.
fn glibc() -> Option<(u32, u32)> {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let words = String::from_utf8(output.stdout).ok()?;
    let (major, minor) = words.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
