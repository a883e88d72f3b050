//! Parses the URL of a request: path segments and parameters.

use super::problem::{AsTrackFind, Problem};

/// The optional prefix of paths.
const BASE: &str = "/api/v1";
/// Characters that TrackFind's web server rejects in a URL.
const REFUSED: [char; 11] = ['<', '>', '|', '[', ']', '{', '}', '"', '^', '`', '\\'];

/// The steps of a path, decoded.
pub(super) fn steps(path: &str, faithful: bool) -> Result<Vec<String>, Problem> {
    let below = path
        .strip_prefix(BASE)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        .unwrap_or(path);
    if faithful {
        let lower = below.to_ascii_lowercase();
        let is_refused = ["%2f", "%5c", "%25", "%00", "//", ";"]
            .iter()
            .any(|refused| lower.contains(refused));
        if is_refused {
            return Err(refused("the path"));
        }
        refuse(below, "the path")?;
    }
    let below = below.strip_prefix('/').unwrap_or(below);
    let below = below.strip_suffix('/').unwrap_or(below);
    below
        .split('/')
        .map(|step| {
            decoded(step, false).ok_or_else(|| {
                Problem::new(
                    400,
                    "address",
                    format!("found `{step}` in the path, expected percent-encoded UTF-8"),
                    400,
                )
                .trackfind(AsTrackFind::Page(400))
            })
        })
        .collect()
}

/// The parameters of a request.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    pairs: Vec<(String, String)>,
    /// Whether they are read as TrackFind reads them.
    faithful: bool,
}

impl Parameters {
    /// Reads what follows the question mark.
    ///
    /// TrackFind's web server drops parameters with invalid encoding.
    pub fn read(query: Option<&str>, faithful: bool) -> Result<Self, Problem> {
        let query = query.unwrap_or_default();
        if faithful {
            refuse(query, "the parameters")?;
        }
        let mut pairs = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decode = if faithful { java_decoded } else { decoded };
            match (decode(name, true), decode(value, true)) {
                (Some(name), Some(value)) => pairs.push((name, value)),
                _ if faithful => {}
                _ => {
                    let name = decoded(name, true).unwrap_or_default();
                    return Err(Problem::new(
                        400,
                        "address",
                        format!(
                            "the parameter `{name}` is not percent-encoded UTF-8: found `%` without two hexadecimal digits, or invalid UTF-8"
                        ),
                        400,
                    )
                    .hint("write a percent sign as %25"));
                }
            }
        }
        Ok(Parameters { pairs, faithful })
    }

    /// Refuses parameters that a route does not have, and one that is given twice. TrackFind passes over the former
    /// and joins the latter.
    pub fn only(&self, known: &[&str]) -> Result<(), Problem> {
        if self.faithful {
            return Ok(());
        }
        let refused = |message| Problem::new(400, "parameter", message, 400);
        for (place, (name, _)) in self.pairs.iter().enumerate() {
            let names = || known.iter().copied();
            if !known.contains(&name.as_str()) {
                let problem = refused(format!("found the unknown parameter `{name}`"));
                return Err(match known {
                    [] => problem.hint("remove it"),
                    _ => problem.known(name, names()),
                });
            }
            if self.pairs[..place].iter().any(|(before, _)| before == name) {
                let message = format!("found the parameter `{name}` twice, expected it once");
                return Err(refused(message).hint("join several names by commas"));
            }
        }
        Ok(())
    }

    /// The values of a parameter, as one text with commas between them; `None` if there is none.
    pub fn text(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self.values(name).collect();
        (!values.is_empty()).then(|| values.join(","))
    }

    /// The same, where the parameter is needed.
    pub fn needed(&self, name: &str, example: &str) -> Result<String, Problem> {
        self.text(name).ok_or_else(|| {
            Problem::new(
                400,
                "parameter",
                format!("the parameter `{name}` is missing"),
                400,
            )
            .hint(format!("for example {name}={example}"))
        })
    }

    /// A whole number; 0 if it is not given.
    pub fn number(&self, name: &str) -> Result<i64, Problem> {
        let Some(value) = self.values(name).next() else {
            return Ok(0);
        };
        let refused = || wrong(name, value, "an integer");
        if self.faithful {
            let value = value.trim();
            return match value {
                "" => Ok(0),
                _ => value.parse().map_err(|_| refused()),
            };
        }
        let digits = value.strip_prefix('-').unwrap_or(value);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refused());
        }
        value.parse().map_err(|_| refused())
    }

    /// A truth value; false if it is not given.
    pub fn flag(&self, name: &str) -> Result<bool, Problem> {
        let Some(value) = self.values(name).next() else {
            return Ok(false);
        };
        if !self.faithful {
            return match value {
                "true" => Ok(true),
                "false" => Ok(false),
                _ => Err(wrong(name, value, "true or false")),
            };
        }
        let value = value.trim();
        match value.to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" | "1" => Ok(true),
            "" | "false" | "off" | "no" | "0" => Ok(false),
            _ => Err(wrong(name, value, "true or false")),
        }
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

fn wrong(name: &str, value: &str, expected: &str) -> Problem {
    let message = format!("found {name}={value}, expected {expected}");
    Problem::new(400, "parameter", message, 400)
}

/// Refuses what TrackFind's web server refuses.
fn refuse(text: &str, place: &str) -> Result<(), Problem> {
    let is_refused =
        |character: char| REFUSED.contains(&character) || character <= ' ' || !character.is_ascii();
    if text.contains(is_refused) {
        return Err(refused(place));
    }
    Ok(())
}

fn refused(place: &str) -> Problem {
    let message = format!("found a character in {place} that must be percent-encoded");
    Problem::new(400, "address", message, 400).trackfind(AsTrackFind::Page(400))
}

/// Percent-decodes a text; `None` if the encoding is invalid.
fn decoded(text: &str, plus_is_blank: bool) -> Option<String> {
    String::from_utf8(bytes(text, plus_is_blank)?).ok()
}

/// The same, with invalid UTF-8 replaced as in Java.
fn java_decoded(text: &str, plus_is_blank: bool) -> Option<String> {
    Some(String::from_utf8_lossy(&bytes(text, plus_is_blank)?).into_owned())
}

fn bytes(text: &str, plus_is_blank: bool) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(rest.next()?)? * 16 + digit(rest.next()?)?,
            b'+' if plus_is_blank => b' ',
            other => other,
        });
    }
    Some(bytes)
}

fn digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}
