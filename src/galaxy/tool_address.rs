//! The addresses that name Galaxy's tools, version included.

/// Where tools of Galaxy's own can be looked at.
const GALAXY: &str = "https://usegalaxy.org/";

/// The URL of a tool: its page in the Tool Shed, or else the URL that opens it in Galaxy.
///
/// A Tool Shed's id is `HOST/repos/OWNER/REPOSITORY/TOOL/VERSION`.
pub fn tool_address(tool_id: &str, version: &str) -> String {
    if tool_id.contains("/repos/") {
        let has_version = tool_id.rsplit('/').next() == Some(version) || version.is_empty();
        let version = if has_version {
            String::new()
        } else {
            format!("/{}", encoded(version))
        };
        let path: Vec<String> = tool_id.split('/').map(encoded).collect();
        return format!("https://{}{version}", path.join("/"));
    }
    let version = if version.is_empty() {
        "unknown"
    } else {
        version
    };
    format!(
        "{GALAXY}?tool_id={}&version={}",
        encoded(tool_id),
        encoded(version)
    )
}

/// The id of a tool without the Tool Shed, repository and version around it.
pub fn short_tool_id(tool_id: &str) -> &str {
    if !tool_id.contains("/repos/") {
        return tool_id;
    }
    let mut parts = tool_id
        .split('/')
        .skip_while(|part| *part != "repos")
        .skip(3);
    parts.next().unwrap_or(tool_id)
}

/// A tool in words, as `bedtools Intersect intervals (bedtools_intersectbed 2.30.0)`: the name that Galaxy shows, the short id
/// and the version; without a name, or with one that is the id, as `bedtools_intersectbed 2.30.0`.
pub fn tool_in_words(name: &str, short_id: &str, version: &str) -> String {
    let named = |label: &str| format!("{label} {version}").trim_end().to_owned();
    match (name, short_id) {
        ("", id) => named(id),
        (name, "") => named(name),
        (name, id) if name == id => named(id),
        (name, id) => format!("{name} ({})", named(id)),
    }
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_the_version_once() {
        let shed = "toolshed.g2.bx.psu.edu/repos/iuc/bedtools/bedtools_intersectbed/2.31.1+galaxy0";
        let address = "https://toolshed.g2.bx.psu.edu/repos/iuc/bedtools/bedtools_intersectbed/2.31.1%2Bgalaxy0";
        assert_eq!(tool_address(shed, "2.31.1+galaxy0"), address);
        assert_eq!(short_tool_id(shed), "bedtools_intersectbed");
        assert_eq!(
            tool_address("Cut1", "1.0.2"),
            "https://usegalaxy.org/?tool_id=Cut1&version=1.0.2"
        );
    }

    #[test]
    fn a_tool_is_named_as_galaxy_shows_it_with_id_and_version() {
        for (name, id, version, expected) in [
            ("Cut", "Cut1", "1.0.2", "Cut (Cut1 1.0.2)"),
            ("Cut", "Cut1", "", "Cut (Cut1)"),
            ("", "Cut1", "1.0.2", "Cut1 1.0.2"),
            ("Cut1", "Cut1", "", "Cut1"),
            ("Cut", "", "1.0.2", "Cut 1.0.2"),
        ] {
            assert_eq!(tool_in_words(name, id, version), expected);
        }
    }
}
