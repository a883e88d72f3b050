//! Parses the URL of a request: path segments and parameters.

use percent_encoding::percent_decode_str;

use super::Dialect;
use super::compatible::error_answer::AsTrackFind;
use super::problem::Problem;

/// The optional prefix of paths.
const BASE: &str = "/api/v1";

pub(super) fn steps(path: &str, dialect: &Dialect) -> Result<Vec<String>, Problem> {
    let below = path
        .strip_prefix(BASE)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        .unwrap_or(path);
    (dialect.check_path)(below)?;
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

#[derive(Debug)]
pub(super) struct Parameters {
    pairs: Vec<(String, String)>,
    dialect: &'static Dialect,
}

impl Parameters {
    pub fn read(query: Option<&str>, dialect: &'static Dialect) -> Result<Self, Problem> {
        let pairs = (dialect.parameters)(query.unwrap_or_default())?;
        Ok(Parameters { pairs, dialect })
    }

    /// Rejects unknown and repeated parameters.
    pub fn only(&self, known: &[&str]) -> Result<(), Problem> {
        (self.dialect.check_parameters)(&self.pairs, known)
    }

    /// The values of a parameter, joined by commas; `None` if there is none.
    pub fn text(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self.values(name).collect();
        (!values.is_empty()).then(|| values.join(","))
    }

    /// The same for a required parameter.
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
        let value = self.values(name).next();
        value.map_or(Ok(0), |value| (self.dialect.number)(name, value))
    }

    /// A truth value; false if it is not given.
    pub fn flag(&self, name: &str) -> Result<bool, Problem> {
        let value = self.values(name).next();
        value.map_or(Ok(false), |value| (self.dialect.flag)(name, value))
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let pairs = self.pairs.iter().filter(move |(known, _)| known == name);
        pairs.map(|(_, value)| value.as_str())
    }
}

/// The decoded names and values of a query string.
pub(super) fn parameters(query: &str) -> Result<Vec<(String, String)>, Problem> {
    let read = |(name, value)| match (decoded(name, true), decoded(value, true)) {
        (Some(name), Some(value)) => Ok((name, value)),
        _ => {
            let name = decoded(name, true).unwrap_or_default();
            let message = format!(
                "the parameter `{name}` is not percent-encoded UTF-8: found `%` without two \
                 hexadecimal digits, or bytes that are no text"
            );
            Err(Problem::new(400, "address", message, 400).hint("write a percent sign as %25"))
        }
    };
    pairs(query).map(read).collect()
}

/// The names and values of a query string, as sent.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Rejects parameters that are not `known`, and repeated ones.
pub(super) fn check_parameters(pairs: &[(String, String)], known: &[&str]) -> Result<(), Problem> {
    let refused = |message| Problem::new(400, "parameter", message, 400);
    for (place, (name, _)) in pairs.iter().enumerate() {
        let names = || known.iter().copied();
        if !known.contains(&name.as_str()) {
            let problem = refused(format!("found the unknown parameter `{name}`"));
            return Err(match known {
                [] => problem.hint("leave it out"),
                _ => problem.known(name, names()),
            });
        }
        if pairs[..place].iter().any(|(before, _)| before == name) {
            let message = format!("found the parameter `{name}` twice, expected it once");
            return Err(refused(message).hint("join several names by commas"));
        }
    }
    Ok(())
}

/// The value of a parameter as an integer.
pub(super) fn number(name: &str, value: &str) -> Result<i64, Problem> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let number = value.parse().ok();
    let number = number.filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()));
    number.ok_or_else(|| wrong(name, value, "an integer"))
}

/// The value of a parameter as a boolean.
pub(super) fn flag(name: &str, value: &str) -> Result<bool, Problem> {
    value
        .parse()
        .map_err(|_| wrong(name, value, "true or false"))
}

/// The error about an invalid value of a parameter.
pub(super) fn wrong(name: &str, value: &str, expected: &str) -> Problem {
    let message = format!("found {name}={value}, expected {expected}");
    Problem::new(400, "parameter", message, 400)
}

/// Percent-decodes a text; `None` if the encoding is invalid.
fn decoded(text: &str, plus_is_blank: bool) -> Option<String> {
    String::from_utf8(bytes(text, plus_is_blank)?).ok()
}

/// Undoes percent-encoding; `None` where a percent sign has no two hexadecimal digits behind it.
pub(super) fn bytes(text: &str, plus_is_blank: bool) -> Option<Vec<u8>> {
    let is_code = |rest: &str| {
        let code = rest.as_bytes().get(..2);
        code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
    };
    let is_encoded = text.split('%').skip(1).all(is_code);
    let blanks = if plus_is_blank { " " } else { "+" };
    is_encoded.then(|| percent_decode_str(&text.replace('+', blanks)).collect())
}
