//! IP addresses that downloads must not use.
//!
//! A document is untrusted: its URLs must not make this machine connect to itself, to its neighbours or to a cloud metadata
//! service. The tables are the special-purpose registries of IANA (RFC 6890) and later additions.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Refused IPv4 networks: first address, prefix length in bits, description.
const NETWORKS_4: [([u8; 4], u32, &str); 17] = [
    ([0, 0, 0, 0], 8, "not a host address"),
    ([10, 0, 0, 0], 8, "a private address"),
    ([100, 64, 0, 0], 10, "an address of a provider's network"),
    ([127, 0, 0, 0], 8, "this machine itself"),
    // The service that hands out a cloud's secrets answers at 169.254.169.254.
    ([169, 254, 0, 0], 16, "a link-local address"),
    ([172, 16, 0, 0], 12, "a private address"),
    // The metadata service of one cloud, at an address outside the registries.
    ([168, 63, 129, 16], 32, "an internal cloud address"),
    ([192, 0, 0, 0], 24, "a reserved address"),
    ([192, 0, 2, 0], 24, "a documentation address"),
    ([192, 88, 99, 0], 24, "a reserved address"),
    ([192, 168, 0, 0], 16, "a private address"),
    ([198, 18, 0, 0], 15, "a benchmarking address"),
    ([198, 51, 100, 0], 24, "a documentation address"),
    ([203, 0, 113, 0], 24, "a documentation address"),
    ([224, 0, 0, 0], 4, "a multicast address"),
    ([255, 255, 255, 255], 32, "a broadcast address"),
    ([240, 0, 0, 0], 4, "a reserved address"),
];

/// Refused IPv6 networks, in the same form. Networks that embed an IPv4 address are not listed: that address decides.
const NETWORKS_6: [([u16; 8], u32, &str); 13] = [
    ([0, 0, 0, 0, 0, 0, 0, 0], 128, "not a host address"),
    ([0, 0, 0, 0, 0, 0, 0, 1], 128, "this machine itself"),
    (
        [0x64, 0xff9b, 1, 0, 0, 0, 0, 0],
        48,
        "a translated private address",
    ),
    ([0x100, 0, 0, 0, 0, 0, 0, 0], 64, "a reserved address"),
    // Teredo (2001::/32) hides an IPv4 address, the rest of the block are not hosts.
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, "a reserved address"),
    (
        [0x2001, 0xdb8, 0, 0, 0, 0, 0, 0],
        32,
        "a documentation address",
    ),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, "a documentation address"),
    ([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16, "a reserved address"),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, "a private address"),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, "a link-local address"),
    ([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10, "a private address"),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, "a multicast address"),
    ([0x4000, 0, 0, 0, 0, 0, 0, 0], 3, "a reserved address"),
];

/// Why an address is refused, as the end of a sentence; `None` for a public address.
pub fn refusal(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => refusal_4(address),
        IpAddr::V6(address) => refusal_6(address),
    }
}

/// Whether an address is in a network with this first address and prefix length in bits.
///
/// An IPv4 address and its IPv6-mapped form are equal.
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
/// Needed if a proxy resolves the names.
pub fn private_name(host: &str) -> Option<&'static str> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let last = host.rsplit('.').next().unwrap_or_default();
    match last {
        "localhost" | "localdomain" => Some("this machine itself"),
        "local" | "internal" | "intranet" | "lan" | "corp" | "home" | "arpa" => {
            Some("a private network name")
        }
        _ if !host.contains('.') => Some("a private network name"),
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

/// The IPv4 address embedded in an IPv6 address.
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
