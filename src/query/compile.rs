//! Form conditions → a query that TrackFind and this engine understand.

use crate::fairtracks::attribute::Attribute;
use crate::query::form_condition::{ConditionJoin, FormCondition, FormConditions, Operator};
use crate::tables::tsv;

/// The query for these conditions; `true` if there are none.
pub fn compile(conditions: &FormConditions) -> String {
    let word = match conditions.join {
        ConditionJoin::And => "AND",
        ConditionJoin::Or => "OR",
    };
    let clauses: Vec<String> = conditions.conditions.iter().map(clause).collect();
    match clauses.len() {
        0 => "true".to_owned(),
        _ => clauses.join(&format!("\n{word} ")),
    }
}

/// The part of the query for one condition.
pub(super) fn clause(condition: &FormCondition) -> String {
    let attribute = &condition.attribute;
    let (value, text) = (path(attribute, "->"), path(attribute, "->>"));
    let values: Vec<String> = match condition.operator {
        // In a regular expression a doubled backslash is a literal one.
        Operator::Matches => condition.values.clone(),
        _ => condition
            .values
            .iter()
            .flat_map(|value| readings(value))
            .collect(),
    };
    let each =
        |write: &dyn Fn(&str) -> String| any(values.iter().map(|value| write(value)).collect());
    match condition.operator {
        Operator::Is | Operator::AnyOf => equals(&value, &values),
        Operator::IsNot => format!("({text} IS NULL OR NOT {})", equals(&value, &values)),
        Operator::Contains => {
            each(&|wanted| format!("{text} ILIKE {}", literal(&format!("%{}%", plain(wanted)))))
        }
        Operator::StartsWith => {
            each(&|wanted| format!("{text} ILIKE {}", literal(&format!("{}%", plain(wanted)))))
        }
        Operator::Matches => each(&|wanted| format!("{text} ~* {}", literal(wanted))),
        Operator::Exists => format!("{text} IS NOT NULL"),
        Operator::Missing => format!("{text} IS NULL"),
    }
}

/// The readings of a value: itself, and its unescaped form, because it may be copied from a table.
fn readings(value: &str) -> Vec<String> {
    let copied = tsv::unescape(value);
    if copied == value {
        vec![copied]
    } else {
        vec![value.to_owned(), copied]
    }
}

/// "The attribute is one of these"; a value that spells a JSON number or boolean also matches one, because `?` finds strings only.
fn equals(path: &str, values: &[String]) -> String {
    let texts: Vec<String> = values.iter().map(|value| literal(value)).collect();
    let mut clauses = vec![match texts.as_slice() {
        [text] => format!("{path} ? {text}"),
        texts => format!("{path} ?| array[{}]", texts.join(", ")),
    }];
    clauses.extend(
        values
            .iter()
            .zip(&texts)
            .filter(|(value, _)| is_json_scalar(value))
            .map(|(_, text)| format!("{path} = {text}")),
    );
    any(clauses)
}

fn is_json_scalar(value: &str) -> bool {
    crate::text::json::parse(value).is_ok_and(|json| json.is_number() || json.is_boolean())
}

/// The clauses joined by OR, in parentheses if there are several.
fn any(clauses: Vec<String>) -> String {
    match clauses.len() {
        // An empty list of values matches nothing.
        0 => "false".to_owned(),
        1 => clauses.concat(),
        _ => format!("({})", clauses.join(" OR ")),
    }
}

/// The attribute as a path to its JSON value.
pub(super) fn value_path(attribute: &Attribute) -> String {
    path(attribute, "->")
}

/// The attribute as a path, its last step written with `last`.
fn path(attribute: &Attribute, last: &str) -> String {
    let mut written = format!("{}.content", attribute.category);
    for (position, key) in attribute.path.iter().enumerate() {
        written.push_str(if position + 1 == attribute.path.len() {
            last
        } else {
            "->"
        });
        written.push_str(&literal(key));
    }
    written
}

/// A string literal.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Escapes a text for a `LIKE` pattern.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            matches!(c, '%' | '_' | '\\')
                .then_some('\\')
                .into_iter()
                .chain([c])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fairtracks::category::Category;

    fn query(operator: Operator, values: &[&str]) -> String {
        let attribute = Attribute {
            category: Category::Samples,
            path: vec!["a".into(), "it's".into()],
        };
        let values = values.iter().map(|&value| value.to_owned()).collect();
        compile(&FormConditions {
            join: ConditionJoin::And,
            conditions: vec![FormCondition {
                attribute,
                operator,
                values,
            }],
        })
    }

    #[test]
    fn writes_each_operator() {
        let path = "samples.content->'a'->'it''s'";
        let text = "samples.content->'a'->>'it''s'";
        #[rustfmt::skip]
        let cases = [
            (Operator::Is, vec!["v"], format!("{path} ? 'v'")),
            (Operator::AnyOf, vec!["v", "w'"], format!("{path} ?| array['v', 'w''']")),
            (Operator::Is, vec!["42"], format!("({path} ? '42' OR {path} = '42')")),
            (Operator::IsNot, vec!["v"], format!("({text} IS NULL OR NOT {path} ? 'v')")),
            (Operator::Contains, vec!["5%_\\"], format!(r"{text} ILIKE '%5\%\_\\%'")),
            // As written in a table.
            (Operator::Is, vec![r"back\\slash"], format!(r"{path} ?| array['back\\slash', 'back\slash']")),
            (Operator::StartsWith, vec![r"a\tb"], format!("({text} ILIKE 'a\\\\tb%' OR {text} ILIKE 'a\tb%')")),
            (Operator::StartsWith, vec!["a", "b"], format!("({text} ILIKE 'a%' OR {text} ILIKE 'b%')")),
            (Operator::Matches, vec!["^a|b$"], format!("{text} ~* '^a|b$'")),
            (Operator::Exists, vec![], format!("{text} IS NOT NULL")),
            (Operator::Missing, vec![], format!("{text} IS NULL")),
        ];
        for (operator, values, expected) in cases {
            assert_eq!(query(operator, &values), expected);
        }
    }

    #[test]
    fn no_condition_asks_for_everything() {
        assert_eq!(
            compile(&FormConditions {
                join: ConditionJoin::Or,
                conditions: vec![]
            }),
            "true"
        );
    }
}
