//! Puts what every reading runs side by side in the program.
//!
//! The system maps a program's code in stretches of 64 KB around each page that runs. What a reading
//! runs is a fifth of the code, strewn over all of it, so that three times as much would be mapped as
//! is run. `assets/link/reading.ld` names the functions that belong together; it is a help for the
//! linker and nothing depends on it: a name that is not there any more is passed over.

use std::env;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets/link/reading.ld");
    println!("cargo::rerun-if-env-changed=PULLQUOTE_NO_ORDER");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    // What makes the list reads a program that was linked without it.
    if !variable("PULLQUOTE_NO_ORDER").is_empty() {
        return;
    }
    // The names are those of this system; elsewhere other code is compiled in.
    let system = ["CARGO_CFG_TARGET_OS", "CARGO_CFG_TARGET_ARCH", "CARGO_CFG_TARGET_ENV"];
    if system.map(variable) != ["linux", "x86_64", "gnu"] || variable("PROFILE") != "release" {
        return;
    }
    // These linkers read no such lists and stop at them.
    let linker = variable("CARGO_ENCODED_RUSTFLAGS") + &variable("RUSTC_LINKER");
    if ["mold", "wild"].iter().any(|other| linker.contains(other)) {
        return;
    }
    let list = Path::new(&variable("CARGO_MANIFEST_DIR")).join("assets/link/reading.ld");
    println!("cargo::rustc-link-arg-bins=-Wl,-T,{}", list.display());
}
