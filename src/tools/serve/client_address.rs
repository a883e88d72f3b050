//! The client of a request, by its address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

use super::negotiation::combined;

/// The header in which a proxy names its client.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// A client in the sense of fair shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

impl ClientAddress {
    /// The client at the other end of a connection, or, where that is a proxy of the site, the one that the proxy
    /// names. Of the names, only those behind which a proxy of the site stands are believed.
    pub fn asking(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> Self {
        let peer = peer.to_canonical();
        if !proxies.contains(&peer) {
            return peer.into();
        }
        let named = combined(headers, FORWARDED_FOR).unwrap_or_default();
        let named = named.rsplit(',').map(address);
        // The proxy itself, if the header is missing or malformed.
        let client = named
            .take_while(Option::is_some)
            .flatten()
            .find(|address| !proxies.contains(address));
        client.unwrap_or(peer).into()
    }
}

impl From<IpAddr> for ClientAddress {
    /// IPv6 addresses with the same first 64 bits count as one client.
    fn from(address: IpAddr) -> Self {
        ClientAddress(match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = u128::from(address) >> 64 << 64;
                Ipv6Addr::from(network).into()
            }
            address @ IpAddr::V4(_) => address,
        })
    }
}

impl From<[u8; 4]> for ClientAddress {
    fn from(address: [u8; 4]) -> Self {
        ClientAddress(Ipv4Addr::from(address).into())
    }
}

/// An address, with or without a port behind it.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let with_port = || Some(text.parse::<SocketAddr>().ok()?.ip());
    let address = bare.parse::<IpAddr>().ok().or_else(with_port)?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn asking(peer: &str, named: &[&'static str]) -> ClientAddress {
        let proxies = ["127.0.0.1", "10.0.0.1"].map(|proxy| proxy.parse().unwrap());
        let mut headers = HeaderMap::new();
        for named in named {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(named));
        }
        ClientAddress::asking(peer.parse().unwrap(), &headers, &proxies)
    }

    fn is(text: &str) -> ClientAddress {
        text.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn a_proxy_names_the_client_and_nobody_else_does() {
        assert_eq!(asking("127.0.0.1", &["192.0.2.1"]), is("192.0.2.1"));
        assert_eq!(asking("192.0.2.9", &["192.0.2.1"]), is("192.0.2.9"));
    }

    #[test]
    fn what_a_client_writes_itself_is_not_believed() {
        for named in [
            &["198.51.100.1, 192.0.2.1"][..],
            &["198.51.100.1, 192.0.2.1, 10.0.0.1"],
            &["198.51.100.1", "192.0.2.1"],
            &["nonsense, 192.0.2.1:4711"],
        ] {
            assert_eq!(asking("127.0.0.1", named), is("192.0.2.1"), "{named:?}");
        }
    }

    #[test]
    fn a_proxy_that_names_nobody_is_the_client() {
        for named in [
            &[][..],
            &[""],
            &["nonsense"],
            &["192.0.2.1, nonsense"],
            &["unknown, 10.0.0.1"],
        ] {
            assert_eq!(asking("127.0.0.1", named), is("127.0.0.1"), "{named:?}");
        }
    }

    #[test]
    fn addresses_of_one_client_are_one() {
        assert_eq!(is("::ffff:192.0.2.1"), is("192.0.2.1"));
        assert_eq!(is("2001:db8:1:2::1"), is("2001:db8:1:2:ffff::9"));
        assert_ne!(is("2001:db8:1:2::1"), is("2001:db8:1:3::1"));
        let behind = asking("::ffff:127.0.0.1", &["[2001:db8::1]:80"]);
        assert_eq!(behind, is("2001:db8::"));
    }
}
