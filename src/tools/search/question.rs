//! The question of a search in a few words, for names of datasets and the first line of a report.

use crate::query::form_condition::{ConditionJoin, FormCondition, Operator};
use crate::query::search_question::SearchQuestion;
use crate::query::words::{ResolvedCondition, UnderstoodQuestion};
use crate::text::controls::visible;
use crate::text::{secrets, shortened};

/// The most characters of a question.
const LONGEST_QUESTION: usize = 150;
/// The most characters of one value.
const LONGEST_VALUE: usize = 60;
/// The most values of one condition.
const MOST_VALUES: usize = 3;

/// `DNase-seq, monocyte or B cell, hg38`: the conditions of a question without their attributes, on one line and without secrets;
/// of an expression its beginning. Empty where a question has no condition. `understood` is what words were understood as.
pub fn in_short(question: &SearchQuestion, understood: Option<&UnderstoodQuestion>) -> String {
    let text = match (question, understood) {
        (SearchQuestion::Words(asked), Some(understood)) => {
            let (listed, free) = understood.conditions.split_at(asked.conditions.len());
            let listed = listed.iter().map(in_words).collect::<Vec<String>>();
            let exact = asked.exact.iter().map(exact);
            let mut parts = vec![joined(listed.into_iter().chain(exact), asked.join)];
            parts.extend(free.iter().map(in_words));
            parts.retain(|part| !part.is_empty());
            parts.join(", ")
        }
        (SearchQuestion::Words(asked), None) => asked.find.clone().unwrap_or_default(),
        (SearchQuestion::Conditions(asked), _) => {
            joined(asked.conditions.iter().map(exact), asked.join)
        }
        (SearchQuestion::Expression(text), _) => match text.trim() {
            // Every track fits.
            all if all.eq_ignore_ascii_case("true") => String::new(),
            text => text.to_owned(),
        },
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = secrets::without(&words.join(" "));
    shortened(&visible(&line), LONGEST_QUESTION)
}

fn joined(conditions: impl Iterator<Item = String>, join: ConditionJoin) -> String {
    let between = match join {
        ConditionJoin::And => ", ",
        ConditionJoin::Or => " or ",
    };
    conditions.collect::<Vec<String>>().join(between)
}

fn in_words(condition: &ResolvedCondition) -> String {
    let values = values(&condition.asked.values);
    match condition.asked.is_negated {
        true => format!("not {values}"),
        false => values,
    }
}

fn exact(condition: &FormCondition) -> String {
    let values = values(&condition.values);
    match condition.operator {
        Operator::Is | Operator::AnyOf | Operator::Contains => values,
        Operator::IsNot => format!("not {values}"),
        Operator::StartsWith => format!("starting with {values}"),
        Operator::Matches => format!("matching {values}"),
        Operator::Exists => format!("with {}", condition.attribute),
        Operator::Missing => format!("without {}", condition.attribute),
    }
}

/// `A, B or 3 others`.
fn values(values: &[String]) -> String {
    let shown = values.iter().take(MOST_VALUES);
    let mut shown: Vec<String> = shown
        .map(|value| shortened(value.trim(), LONGEST_VALUE))
        .collect();
    match values.len().saturating_sub(MOST_VALUES) {
        0 => {}
        1 => shown.push("1 other".to_owned()),
        more => shown.push(format!("{more} others")),
    }
    shown.join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fairtracks::attribute::Attribute;
    use crate::query::form_condition::FormConditions;

    fn condition(operator: Operator, values: &[&str]) -> FormCondition {
        FormCondition {
            attribute: Attribute::parse("samples->donor->code").unwrap(),
            operator,
            values: values.iter().map(|&value| value.to_owned()).collect(),
        }
    }

    fn of(join: ConditionJoin, conditions: &[FormCondition]) -> String {
        let conditions = conditions.to_vec();
        let asked = FormConditions { join, conditions };
        in_short(&SearchQuestion::Conditions(asked), None)
    }

    #[test]
    fn conditions_are_their_values() {
        let asked = [
            condition(Operator::Is, &["hg38"]),
            condition(Operator::IsNot, &["Cell Line", "tissue"]),
            condition(Operator::AnyOf, &["a", "b", "c", "d", "e"]),
            condition(Operator::Missing, &[]),
        ];
        assert_eq!(
            of(ConditionJoin::And, &asked),
            "hg38, not Cell Line or tissue, a or b or c or 2 others, without samples->donor->code"
        );
        assert_eq!(
            of(ConditionJoin::Or, &asked[..2]),
            "hg38 or not Cell Line or tissue"
        );
        assert_eq!(of(ConditionJoin::And, &[]), "");
    }

    #[test]
    fn an_expression_is_one_line_without_secrets() {
        let of = |text: &str| in_short(&SearchQuestion::Expression(text.to_owned()), None);
        assert_eq!(of(" a ? 'b'\n  AND\tc"), "a ? 'b' AND c");
        assert_eq!(of("TRUE"), "");
        assert!(!of("a = 'https://ann:s3cret@h.example/x'").contains("s3cret"));
        let long = of(&"x".repeat(1000));
        assert_eq!(long.chars().count(), LONGEST_QUESTION);
        assert!(long.ends_with('…'));
    }
}
