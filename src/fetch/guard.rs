//! Which machines may be asked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver as Resolve};
use ureq::unversioned::transport::NextTimeout;

use crate::error::{Error, Result};

/// Looks names up, and leaves out machines of the reader's own network.
#[derive(Debug)]
pub(super) struct Resolver {
    private: bool,
    names: DefaultResolver,
}

/// What is said, inside of an error, of an address that is not allowed.
pub(super) const PRIVATE: &str = "a private address";

impl Resolver {
    pub(super) fn new(private: bool) -> Self {
        Self { private, names: DefaultResolver::default() }
    }
}

impl Resolve for Resolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        // A proxy may well stand within the own network; what it is asked for it looks up itself.
        let proxy = config.proxy().is_some_and(|it| uri.host() == Some(it.host()));
        if self.private || proxy {
            return Ok(found);
        }
        // The addresses that are let through are the very ones that are connected to, so that a
        // name cannot mean another machine a moment later.
        let mut allowed = self.empty();
        for address in found.iter().filter(|it| !is_private(it.ip())) {
            allowed.push(*address);
        }
        if allowed.is_empty() {
            let error = std::io::Error::new(std::io::ErrorKind::PermissionDenied, PRIVATE);
            return Err(ureq::Error::Io(error));
        }
        Ok(allowed)
    }
}

/// Refuses an address that names a machine of the own network by its number.
pub(super) fn check(at: &Uri, private: bool) -> Result<()> {
    let host = at.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let number: Option<IpAddr> = host.parse().ok();
    if !private && number.is_some_and(is_private) { Err(refusal(at)) } else { Ok(()) }
}

/// Says that a machine of the own network is not asked.
pub(super) fn refusal(at: &Uri) -> Error {
    let host = at.host().unwrap_or_default();
    Error::new(format!("{host} is within your own network, where pages of others are not fetched"))
        .hint("if you mean it, say --allow-private")
}

/// Whether a machine is within the reader's own network, or is none that the web knows.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_4(address),
        IpAddr::V6(address) => is_private_6(address),
    }
}

fn is_private_4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || a == 100 && (64..128).contains(&b)
        || a == 192 && b == 0 && c == 0
        || a == 198 && (18..20).contains(&b)
}

fn is_private_6(address: Ipv6Addr) -> bool {
    let [first, second, .., seventh, eighth] = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_4(Ipv4Addr::new(a, b, c, d))
    };
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_private_4(mapped);
    }
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || first & 0xFE00 == 0xFC00
        || first & 0xFFC0 == 0xFE80
        || first & 0xFFC0 == 0xFEC0
        || first == 0x2001 && (second == 0x0DB8 || second == 0)
        // Ways to write an address of the older kind.
        || first == 0x2002 && embedded(second, address.segments()[2])
        || first == 0x0064 && second == 0xFF9B && embedded(seventh, eighth)
        || address.segments()[..6].iter().all(|it| *it == 0)
}

/// An address with everything escaped that people write into it: spaces, letters with accents.
pub(super) fn escaped(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    for char in address.chars() {
        if char.is_ascii_graphic()
            && !matches!(char, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
        {
            escaped.push(char);
        } else {
            let mut bytes = [0; 4];
            for byte in char.encode_utf8(&mut bytes).bytes() {
                escaped.push('%');
                escaped.extend(char::from_digit(u32::from(byte >> 4), 16));
                escaped.extend(char::from_digit(u32::from(byte & 15), 16));
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_networks_are_known() {
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "::7f00:1",
            "2001:db8::1",
            "fec0::1",
        ] {
            assert!(is_private(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "93.184.216.34",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
        ] {
            assert!(!is_private(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn what_people_write_is_escaped() {
        assert_eq!(
            escaped("https://example.org/a b/ü?q=%20"),
            "https://example.org/a%20b/%c3%bc?q=%20"
        );
    }
}
