//! Which addresses of the internet protocol are no place to fetch from.
//!
//! A document names its tracks, and a stranger may have written it: nothing in it may make this machine talk to
//! itself, to its neighbours or to the service of a cloud that hands out secrets. The tables are the special-purpose
//! registries of IANA (RFC 6890) and what grew beside them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// IPv4 networks that are refused: first address, length of the prefix in bits, what they are.
const NETWORKS_4: [([u8; 4], u32, &str); 17] = [
    ([0, 0, 0, 0], 8, "no address of a host"),
    ([10, 0, 0, 0], 8, "a private address"),
    (
        [100, 64, 0, 0],
        10,
        "an address inside a provider's network",
    ),
    ([127, 0, 0, 0], 8, "this machine itself"),
    // The service that hands out a cloud's secrets answers at 169.254.169.254.
    ([169, 254, 0, 0], 16, "a link-local address"),
    ([172, 16, 0, 0], 12, "a private address"),
    // The same service of one cloud, on an address that no registry sets apart.
    ([168, 63, 129, 16], 32, "the inside of a cloud"),
    ([192, 0, 0, 0], 24, "a reserved address"),
    ([192, 0, 2, 0], 24, "an address for examples"),
    ([192, 88, 99, 0], 24, "a reserved address"),
    ([192, 168, 0, 0], 16, "a private address"),
    ([198, 18, 0, 0], 15, "an address for benchmarks"),
    ([198, 51, 100, 0], 24, "an address for examples"),
    ([203, 0, 113, 0], 24, "an address for examples"),
    ([224, 0, 0, 0], 4, "a multicast address"),
    ([255, 255, 255, 255], 32, "a broadcast address"),
    ([240, 0, 0, 0], 4, "a reserved address"),
];

/// IPv6 networks that are refused, in the same shape. Those that embed an IPv4 address are not here: that address decides.
const NETWORKS_6: [([u16; 8], u32, &str); 13] = [
    ([0, 0, 0, 0, 0, 0, 0, 0], 128, "no address of a host"),
    ([0, 0, 0, 0, 0, 0, 0, 1], 128, "this machine itself"),
    (
        [0x64, 0xff9b, 1, 0, 0, 0, 0, 0],
        48,
        "a translated private address",
    ),
    ([0x100, 0, 0, 0, 0, 0, 0, 0], 64, "a reserved address"),
    // Teredo (2001::/32) hides an IPv4 address, the others of the block are no hosts.
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, "a reserved address"),
    (
        [0x2001, 0xdb8, 0, 0, 0, 0, 0, 0],
        32,
        "an address for examples",
    ),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, "an address for examples"),
    ([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16, "a reserved address"),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, "a private address"),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, "a link-local address"),
    ([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10, "a private address"),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, "a multicast address"),
    ([0x4000, 0, 0, 0, 0, 0, 0, 0], 3, "a reserved address"),
];

/// Why an address is no place to fetch from, as the end of a sentence; nothing for an address of the public internet.
pub fn refusal(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => refusal_4(address),
        IpAddr::V6(address) => refusal_6(address),
    }
}

/// Whether an address lies in a network given by its first address and the length of its prefix in bits.
///
/// The two ways to write an IPv4 address, plain and mapped into IPv6, are the same address.
pub fn lies_in(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    match (address.to_canonical(), network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            starts_alike(address.to_bits().into(), network.to_bits().into(), bits, 32)
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            starts_alike(address.to_bits(), network.to_bits(), bits, 128)
        }
        _ => false,
    }
}

/// Why a name never belongs to the public internet, as the end of a sentence.
///
/// Needed where a proxy turns names into addresses, out of our sight.
pub fn private_name(host: &str) -> Option<&'static str> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let last = host.rsplit('.').next().unwrap_or_default();
    match last {
        "localhost" | "localdomain" => Some("this machine itself"),
        "local" | "internal" | "intranet" | "lan" | "corp" | "home" | "arpa" => {
            Some("a name of a private network")
        }
        _ if !host.contains('.') => Some("a name of a private network"),
        _ => None,
    }
}

fn refusal_4(address: Ipv4Addr) -> Option<&'static str> {
    NETWORKS_4
        .iter()
        .find(|(network, bits, _)| lies_in(address.into(), Ipv4Addr::from(*network).into(), *bits))
        .map(|(_, _, what)| *what)
}

fn refusal_6(address: Ipv6Addr) -> Option<&'static str> {
    let listed = NETWORKS_6.iter().find(|(network, bits, _)| {
        starts_alike(
            address.to_bits(),
            Ipv6Addr::from(*network).to_bits(),
            *bits,
            128,
        )
    });
    if let Some((_, _, what)) = listed {
        return Some(what);
    }
    if let Some(inner) = embedded(address) {
        return refusal_4(inner);
    }
    // Only 2000::/3 is given out for hosts of the public internet (RFC 4291, section 2.4).
    (!starts_alike(address.to_bits(), 0x2000_u128 << 112, 3, 128)).then_some("a reserved address")
}

/// The IPv4 address that an IPv6 address stands for or leads to.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let parts = address.segments();
    let of = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match parts {
        // Compatible (RFC 4291, 2.5.5.1), mapped (2.5.5.2), translated (RFC 2765).
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] => {
            Some(of(high, low))
        }
        // NAT64 (RFC 6052).
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(of(high, low)),
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => Some(of(high, low)),
        // ISATAP (RFC 5214).
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => Some(of(high, low)),
        _ => None,
    }
}

fn starts_alike(one: u128, other: u128, bits: u32, width: u32) -> bool {
    bits == 0 || (one ^ other) >> width.saturating_sub(bits) == 0
}
