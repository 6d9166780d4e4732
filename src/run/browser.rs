//! Hands an address to the browser that the desktop knows.

use std::io;
use std::process::{Command, Stdio};

use super::Session;
use crate::app::{self, Message, Msg};

impl Session {
    /// Shows an address in the browser, or says that there is none.
    pub(super) fn browse(&mut self, address: &str) {
        if open(address).is_err() {
            let told = Message::Failed(format!("there is no browser for {address}"));
            app::update(&mut self.model, Msg::Told(told));
        }
    }
}

/// Opens an address, which is known to be one of the web; the program is not waited for.
fn open(address: &str) -> io::Result<()> {
    let program = match () {
        () if cfg!(target_os = "macos") => "open",
        () if cfg!(windows) => "explorer",
        () => "xdg-open",
    };
    let mut child = Command::new(program)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // Its end is taken note of, so that nothing is left of it.
    std::thread::spawn(move || child.wait());
    Ok(())
}
