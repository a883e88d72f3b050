//! An expression with all parentheses: the query as parsed.

use std::fmt::{self, Display, Formatter};

use super::syntax::{Expression, ExpressionKind, LikeOperator, Test};

/// Parts with a separator between them.
struct Joined<'e>(&'e [Expression], &'e str);

impl Display for Joined<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (position, expression) in self.0.iter().enumerate() {
            f.write_str(if position == 0 { "" } else { self.1 })?;
            expression.fmt(f)?;
        }
        Ok(())
    }
}

/// An expression, in parentheses if needed.
struct Bracketed<'e>(&'e Expression, bool);

impl Display for Bracketed<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.1 {
            write!(f, "({})", self.0)
        } else {
            self.0.fmt(f)
        }
    }
}

/// Whether this is a step of a path: `… -> 'key'` and similar.
fn is_path(expression: &Expression) -> bool {
    matches!(&expression.kind, ExpressionKind::Operator { sign, .. } if sign.starts_with(['-', '#']))
}

/// Parses to the same expression.
impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let not = |negated: &bool| if *negated { "NOT " } else { "" };
        match &self.kind {
            ExpressionKind::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            ExpressionKind::Number(number) => f.write_str(number),
            ExpressionKind::Boolean(flag) => write!(f, "{flag}"),
            ExpressionKind::Null => f.write_str("NULL"),
            ExpressionKind::Name(names) => f.write_str(&names.join(".")),
            ExpressionKind::Array(items) => write!(f, "array[{}]", Joined(items, ", ")),
            ExpressionKind::And(terms) => write!(f, "({})", Joined(terms, " AND ")),
            ExpressionKind::Or(terms) => write!(f, "({})", Joined(terms, " OR ")),
            ExpressionKind::Not(value) => write!(f, "(NOT {value})"),
            ExpressionKind::Operator { sign, sides, .. } => {
                let [left, right] = sides.as_ref();
                // Paths are left-associative.
                let right = Bracketed(right, is_path(right));
                if is_path(self) {
                    write!(f, "{left}{sign}{right}")
                } else {
                    write!(f, "({left} {sign} {right})")
                }
            }
            ExpressionKind::Like {
                sides,
                operator,
                escape,
                negated,
            } => {
                let word = match operator {
                    LikeOperator::Like => "LIKE",
                    LikeOperator::ILike => "ILIKE",
                    LikeOperator::SimilarTo => "SIMILAR TO",
                };
                write!(f, "({} {}{word} {}", sides[0], not(negated), sides[1])?;
                match escape {
                    Some(escape) => write!(f, " ESCAPE {escape})"),
                    None => f.write_str(")"),
                }
            }
            ExpressionKind::In {
                value,
                list,
                negated,
            } => {
                write!(f, "({value} {}IN ({}))", not(negated), Joined(list, ", "))
            }
            ExpressionKind::Between {
                parts,
                symmetric,
                negated,
            } => {
                let word = if *symmetric {
                    "BETWEEN SYMMETRIC"
                } else {
                    "BETWEEN"
                };
                let [value, low, high] = parts.as_ref();
                write!(f, "({value} {}{word} {low} AND {high})", not(negated))
            }
            ExpressionKind::Quantified {
                sign, sides, all, ..
            } => {
                let word = if *all { "ALL" } else { "ANY" };
                write!(f, "({} {sign} {word} ({}))", sides[0], sides[1])
            }
            ExpressionKind::Is {
                value,
                test,
                negated,
            } => {
                let word = match test {
                    Test::Null => "NULL",
                    Test::True => "TRUE",
                    Test::False => "FALSE",
                    Test::Unknown => "UNKNOWN",
                };
                write!(f, "({value} IS {}{word})", not(negated))
            }
            ExpressionKind::Distinct { sides, negated } => {
                write!(
                    f,
                    "({} IS {}DISTINCT FROM {})",
                    sides[0],
                    not(negated),
                    sides[1]
                )
            }
            ExpressionKind::Cast { value, target } => {
                write!(
                    f,
                    "({value})::{}{}",
                    target.name,
                    if target.is_list { "[]" } else { "" }
                )
            }
            ExpressionKind::Call { name, arguments } => {
                write!(f, "{name}({})", Joined(arguments, ", "))
            }
        }
    }
}
