//! The header `Host` of a request (RFC 9112, section 3.2).

use axum::http::header::{HOST, HeaderMap};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, Version};

/// Why the header is invalid.
///
/// A proxy and a server that read it in two ways would take one request for two different ones.
pub fn problem(version: Version, headers: &HeaderMap) -> Option<&'static str> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) if version < Version::HTTP_11 => None,
        (None, _) => Some("found no Host header, expected one"),
        (Some(_), Some(_)) => Some("found several Host headers, expected one"),
        (Some(host), None) if is_host(host) => None,
        (Some(_), None) => {
            Some("found an invalid Host header, expected one such as example.org:8080")
        }
    }
}

/// Whether this is a host, perhaps with a port. It is empty where the address of the request names none.
fn is_host(host: &HeaderValue) -> bool {
    let host = host.as_bytes();
    // Most are plain names, which need no parsing.
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    if host.iter().all(is_plain) {
        return true;
    }
    let Ok(authority) = Authority::try_from(host) else {
        return false;
    };
    let name = authority.host();
    let port = authority.as_str().strip_prefix(name);
    let has_port = || authority.port_u16().is_some();
    // User information before an @ is not allowed.
    !name.is_empty() && port.is_some_and(|port| matches!(port, "" | ":") || has_port())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_fine(version: Version, hosts: &[&'static str]) -> bool {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(HOST, HeaderValue::from_static(host));
        }
        problem(version, &headers).is_none()
    }

    #[test]
    fn a_request_names_one_host() {
        for host in [
            "localhost",
            "example.org:8080",
            "192.0.2.1:80",
            "[2001:db8::1]:80",
            "",
        ] {
            assert!(is_fine(Version::HTTP_11, &[host]), "{host}");
        }
        for host in [
            "a b", "a/b", "http://a", "user@a", "a, b", "a:b", ":80", "a:99999", "[::1", "a?b",
        ] {
            assert!(!is_fine(Version::HTTP_11, &[host]), "{host}");
        }
        assert!(!is_fine(Version::HTTP_11, &[]));
        assert!(!is_fine(Version::HTTP_11, &["a", "a"]));
    }

    #[test]
    fn http_1_0_needs_none_and_takes_one() {
        assert!(is_fine(Version::HTTP_10, &[]));
        assert!(is_fine(Version::HTTP_10, &["a"]));
        assert!(!is_fine(Version::HTTP_10, &["a", "a"]));
    }
}
