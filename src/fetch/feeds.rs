//! Feeds from the web, several at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Fetcher;
use crate::article::feed::{self, Feed};
use crate::error::{Error, Result};

/// So many sites are asked at once.
const AT_ONCE: usize = 4;

impl Fetcher {
    /// Fetches what a site offers to read; `progress` hears how many bytes are there.
    pub fn feed(&self, address: &str, progress: impl FnMut(usize)) -> Result<Feed> {
        let page = self.fetch(address, progress)?;
        let read = || feed::read(&page.bytes, &page.address);
        catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
            Err(Error::new(format!("{address} broke the reader of feeds")).hint("please report it"))
        })
    }

    /// Fetches many; `tell` hears of each by its number as soon as it is here, from any thread.
    pub fn feeds(&self, addresses: &[String], tell: impl Fn(usize, Result<Feed>) + Sync) {
        let next = AtomicUsize::new(0);
        let work = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(address) = addresses.get(number) else { return };
                tell(number, self.feed(address, |_| {}));
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..addresses.len().min(AT_ONCE) {
                scope.spawn(work);
            }
        });
    }
}
