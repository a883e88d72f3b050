//! Parses ftp URLs and replies.

/// The path of a URL and its transfer type, the letter of `;type=` (RFC 1738, 3.2.2), in lower case.
///
/// The transfer is always binary, because a text transfer would change the bytes.
pub(super) fn typed(path: &str) -> (&str, Option<char>) {
    let found = path.rsplit_once(';').and_then(|(path, parameter)| {
        let parameter = parameter.to_ascii_lowercase();
        let letter = parameter.strip_prefix("type=")?;
        matches!(letter, "a" | "d" | "i").then(|| (path, letter.chars().next()))
    });
    found.unwrap_or((path, None))
}

/// Whether a login was refused because of too many users. Servers use 421 for it, and some 530.
pub(super) fn is_too_many_logins(reply: &str) -> bool {
    let reply = reply.to_lowercase();
    [
        "too many",
        "maximum",
        "max ",
        "limit reached",
        "limit exceeded",
        "connection limit",
        "user limit",
        "already connected",
        "already logged in",
        "again later",
        "try again",
        "try later",
        "is full",
        "is busy",
        "server busy",
        "overloaded",
    ]
    .iter()
    .any(|words| reply.contains(words))
}

/// The port in a reply to `EPSV`: between four signs that are the same, usually `(|||6446|)`.
pub(super) fn extended_port(reply: &str) -> Option<u16> {
    let text = reply.get(3..)?;
    text.char_indices().find_map(|(at, sign)| {
        if !sign.is_ascii_graphic() || sign.is_ascii_digit() {
            return None;
        }
        let rest = text[at..].strip_prefix(&sign.to_string().repeat(3))?;
        let (port, _) = rest.split_once(sign)?;
        port.parse().ok().filter(|port| *port > 0)
    })
}

/// The port in a reply to `PASV`: the last two of six numbers, with brackets around them or without (RFC 1123, 4.1.2.6).
pub(super) fn passive_port(reply: &str) -> Option<u16> {
    let text = reply.get(3..)?;
    let is_part = |sign: char| sign.is_ascii_digit() || sign == ',' || sign == ' ';
    text.split(|sign| !is_part(sign)).find_map(|numbers| {
        let numbers: Vec<&str> = numbers.split(',').map(str::trim).collect();
        let [.., high, low] = numbers.as_slice() else {
            return None;
        };
        let port = u16::from_be_bytes([high.parse().ok()?, low.parse().ok()?]);
        (numbers.len() == 6 && port > 0).then_some(port)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_read_in_every_form() {
        for reply in [
            "229 Entering Extended Passive Mode (|||6446|)",
            "229 ok |||6446|",
            "229 ok (!!!6446!)",
            "229 (---6446-)",
        ] {
            assert_eq!(extended_port(reply), Some(6446), "{reply}");
        }
        for reply in [
            "229 ok",
            "229 (||6446|)",
            "229 (|||0|)",
            "229 (|||66000|)",
            "229",
        ] {
            assert_eq!(extended_port(reply), None, "{reply}");
        }
        for reply in [
            "227 Entering Passive Mode (10,0,0,1,25,46)",
            "227 Entering Passive Mode 10,0,0,1,25,46",
            "227 Entering Passive Mode. 10,0,0,1,25,46.",
            "227 =10,0,0,1,25,46",
            "227 ok (10, 0, 0, 1, 25, 46)",
            "227 in 2 ways, (999,0,0,1,25,46)",
        ] {
            assert_eq!(passive_port(reply), Some(6446), "{reply}");
        }
        for reply in [
            "227 ok",
            "227 (1,2,3)",
            "227 (1,2,3,4,256,1)",
            "227 (1,2,3,4,0,0)",
            "227",
        ] {
            assert_eq!(passive_port(reply), None, "{reply}");
        }
    }

    #[test]
    fn a_transfer_type_is_no_part_of_the_path() {
        assert_eq!(typed("a/b.bed;type=i"), ("a/b.bed", Some('i')));
        assert_eq!(typed("a/b.bed;TYPE=A"), ("a/b.bed", Some('a')));
        assert_eq!(typed("a;type=d"), ("a", Some('d')));
        assert_eq!(typed("a;b.bed"), ("a;b.bed", None));
        assert_eq!(typed("b.bed;type=bed"), ("b.bed;type=bed", None));
    }
}
