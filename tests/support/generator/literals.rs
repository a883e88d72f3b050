//! Literals in the spellings that the language has for them.

use serde_json::Value as Json;

use super::documents::{any_key, any_number, any_text};
use super::random::Random;

/// A string literal that says `content`.
pub fn text(random: &mut Random, content: &str) -> String {
    match random.below(40) {
        0..=4 => escaped(random, content),
        5 | 6 => unicode(random, content),
        7 if !content.contains('$') => format!("$${content}$$"),
        8 if !content.contains('$') => format!("$q${content}$q$"),
        9 if random.chance(50) => continued(random, content),
        _ => plain_literal(content),
    }
}

/// `'…'`
fn plain_literal(content: &str) -> String {
    format!("'{}'", content.replace('\'', "''"))
}

/// A literal that goes on in the next line, which only `--` may stand before, in the spelling that it begins with.
fn continued(random: &mut Random, content: &str) -> String {
    let middle = content.chars().count() / 2;
    let first: String = content.chars().take(middle).collect();
    let second: String = content.chars().skip(middle).collect();
    let (first, second) = match random.below(12) {
        0..=3 => (
            escaped(random, &first),
            escaped(random, &second)[1..].to_owned(),
        ),
        4..=6 => (
            unicode(random, &first),
            unicode(random, &second)[2..].to_owned(),
        ),
        7 if !first.contains('$') => (format!("$${first}$$"), plain_literal(&second)),
        _ => (plain_literal(&first), plain_literal(&second)),
    };
    let gap = random.pick(&[
        "\n",
        "\n",
        "\n",
        "\r",
        " \n\n ",
        " -- or\n  ",
        "\n-- or\n",
        "\n/* or */",
        " ",
    ]);
    format!("{first}{gap}{second}")
}

/// `E'…'`
fn escaped(random: &mut Random, content: &str) -> String {
    let escape = |c: char| match c {
        '\'' => "\\'".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_ascii() => format!("\\x{:02x}", u32::from(c)),
        c if u32::from(c) < 0x1_0000 => format!("\\u{:04x}", u32::from(c)),
        c => format!("\\U{:08X}", u32::from(c)),
    };
    let inner: String = content
        .chars()
        .map(|c| {
            if matches!(c, '\'' | '\\') || random.chance(30) {
                escape(c)
            } else {
                c.to_string()
            }
        })
        .collect();
    format!("E'{inner}'")
}

/// `U&'…'`
fn unicode(random: &mut Random, content: &str) -> String {
    let escape = |c: char| match u32::from(c) {
        code if code < 0x1_0000 => format!("\\{code:04x}"),
        code => format!("\\+{code:06X}"),
    };
    let inner: String = content
        .chars()
        .map(|c| match c {
            '\\' => "\\\\".to_owned(),
            '\'' => "''".to_owned(),
            c if random.chance(30) => escape(c),
            c => c.to_string(),
        })
        .collect();
    format!("U&'{inner}'")
}

/// The text of a JSON value, at times no JSON.
pub fn json(random: &mut Random, value: &Json) -> String {
    let written = value.to_string();
    match random.below(100) {
        0..=3 => serde_json::to_string_pretty(value).unwrap(),
        4..=7 => format!(" {written}\t"),
        8 => format!("{written}]"),
        9 => any_text(random).to_owned(),
        10 => written.replace('"', "'"),
        _ => written,
    }
}

/// The text of a list such as `{a,"b c",NULL}`, at times malformed.
pub fn list(random: &mut Random, items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| list_item(random, item)).collect();
    let written = format!("{{{}}}", items.join(random.pick(&[",", ",", ", ", " , "])));
    match random.below(60) {
        0 => written.replace('}', ",}"),
        1 => written.replace('{', ""),
        2 => format!(" {written} "),
        _ => written,
    }
}

fn list_item(random: &mut Random, item: &str) -> String {
    let harmless = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
    if !item.is_empty() && item.chars().all(harmless) && !random.chance(20) {
        item.to_owned()
    } else {
        format!("\"{}\"", item.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// What a JSON value is as text, quotes of strings gone.
pub fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A text that `?` may find in `value`: the text itself, one in the list, or a key.
pub fn findable(random: &mut Random, value: &Json) -> String {
    match value {
        _ if random.chance(20) => any_text(random).to_owned(),
        Json::Array(items) if !items.is_empty() => plain(&items[random.below(items.len())]),
        Json::Object(members) if !members.is_empty() => members
            .keys()
            .nth(random.below(members.len()))
            .unwrap()
            .clone(),
        Json::Array(_) | Json::Object(_) => any_key(random).to_owned(),
        scalar => plain(scalar),
    }
}

/// A number near `value`.
pub fn number(random: &mut Random, value: &Json) -> String {
    match value {
        Json::Number(number) if random.chance(60) => number.to_string(),
        _ => any_number(random).to_owned(),
    }
}

/// A part of `value`, as containment looks for: fewer members, fewer elements, or one element alone.
pub fn part(random: &mut Random, value: &Json) -> Json {
    match value {
        Json::Array(items) if items.len() == 1 && random.chance(15) => items[0].clone(),
        Json::Array(items) => {
            let mut kept: Vec<Json> = items
                .iter()
                .filter(|_| random.chance(60))
                .cloned()
                .collect();
            if random.chance(20) {
                kept.reverse();
            }
            kept.iter().map(|item| part(random, item)).collect()
        }
        Json::Object(members) => {
            let kept: Vec<_> = members.iter().filter(|_| random.chance(60)).collect();
            Json::Object(
                kept.into_iter()
                    .map(|(key, value)| (key.clone(), part(random, value)))
                    .collect(),
            )
        }
        _ if random.chance(5) => Json::Array(vec![value.clone()]),
        scalar => scalar.clone(),
    }
}
