//! Names and types: an expression → a plan that can be evaluated.
//!
//! A string literal has no type of its own: what stands beside it decides, by PostgreSQL's rules for
//! "unknown" literals (manual chapter 10).

use super::decimal::Decimal;
use super::error::{QueryError, Reason, Span};
use super::pattern::Dialect;
use super::plan::Plan;
use super::syntax::{Expression, Kind};

mod literal;
mod operators;

/// The types that expressions have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    /// A string literal or NULL that nothing has given a type yet.
    Unknown,
    Boolean,
    Text,
    Jsonb,
    Number,
    TextArray,
}

impl Type {
    /// The type in a biologist's words.
    fn name(self) -> &'static str {
        match self {
            Type::Unknown => "a literal",
            Type::Boolean => "a condition",
            Type::Text => "text",
            Type::Jsonb => "an attribute (jsonb)",
            Type::Number => "a number",
            Type::TextArray => "a list of texts",
        }
    }
}

/// A plan with its type and place.
struct Typed {
    plan: Plan,
    kind: Type,
    span: Span,
}

/// Resolves the names and types of `expression`, read from `text`; the result is a condition over rows that
/// hold one object for each of `categories`.
///
/// # Errors
/// The first name that does not exist or operator that does not fit its sides.
pub(super) fn resolve(
    text: &str,
    expression: &Expression,
    categories: &[String],
) -> Result<Plan, QueryError> {
    let resolver = Resolver { text, categories };
    let typed = resolver.typed(expression)?;
    resolver.condition(typed)
}

struct Resolver<'q> {
    text: &'q str,
    categories: &'q [String],
}

impl Resolver<'_> {
    fn error(&self, span: &Span, reason: Reason, message: impl Into<String>) -> QueryError {
        QueryError::new(self.text, span.clone(), reason, message)
    }

    fn typed(&self, expression: &Expression) -> Result<Typed, QueryError> {
        let span = expression.span.clone();
        let (plan, kind) = match &expression.kind {
            Kind::Text(text) => (Plan::Text(text.clone()), Type::Unknown),
            Kind::Null => (Plan::Null, Type::Unknown),
            Kind::Boolean(flag) => (Plan::Boolean(*flag), Type::Boolean),
            Kind::Number(number) => {
                let decimal = Decimal::parse(number)
                    .ok_or_else(|| self.error(&span, Reason::Type, "this number is too large"))?;
                (Plan::Number(decimal), Type::Number)
            }
            Kind::Name(names) => (self.content(names, &span)?, Type::Jsonb),
            Kind::Array(items) => (self.array(items, &span)?, Type::TextArray),
            Kind::And(terms) => (Plan::And(self.conditions(terms)?), Type::Boolean),
            Kind::Or(terms) => (Plan::Or(self.conditions(terms)?), Type::Boolean),
            Kind::Not(value) => (
                Plan::Not(Box::new(self.condition(self.typed(value)?)?)),
                Type::Boolean,
            ),
            Kind::IsNull { value, negated } => {
                let tested = Plan::IsNull(Box::new(self.typed(value)?.plan));
                (negate(tested, *negated), Type::Boolean)
            }
            Kind::Like {
                sides,
                ignore_case,
                negated,
            } => {
                let sign = if *ignore_case { "ILIKE" } else { "LIKE" };
                let plan = self.matching(sides, sign, &span, Dialect::Like, *ignore_case)?;
                (negate(plan, *negated), Type::Boolean)
            }
            Kind::In {
                value,
                list,
                negated,
            } => {
                let equalities: Result<Vec<Plan>, QueryError> = list
                    .iter()
                    .map(|item| self.equal(value, item, "=", &span))
                    .collect();
                (negate(Plan::Or(equalities?), *negated), Type::Boolean)
            }
            Kind::Operator { sign, at, sides } => self.operator(sign, at, sides)?,
        };
        Ok(Typed { plan, kind, span })
    }

    fn conditions(&self, terms: &[Expression]) -> Result<Vec<Plan>, QueryError> {
        terms
            .iter()
            .map(|term| self.condition(self.typed(term)?))
            .collect()
    }

    /// Takes `typed` as a condition; a literal may spell one.
    fn condition(&self, typed: Typed) -> Result<Plan, QueryError> {
        match (typed.kind, &typed.plan) {
            (Type::Boolean, _) | (Type::Unknown, Plan::Null) => Ok(typed.plan),
            (Type::Unknown, Plan::Text(text)) => match literal::spelled_boolean(text) {
                Some(flag) => Ok(Plan::Boolean(flag)),
                None => Err(self.error(
                    &typed.span,
                    Reason::Type,
                    "found a value, expected a condition",
                )),
            },
            (kind, _) => {
                let message = format!("found {}, expected a condition", kind.name());
                let error = self.error(&typed.span, Reason::Type, message);
                Err(match kind {
                    Type::Jsonb => {
                        error.hint("say what it should be: … ? 'value', or … IS NOT NULL")
                    }
                    _ => error,
                })
            }
        }
    }

    /// `category.content`: the only column that metadata have.
    fn content(&self, names: &[String], span: &Span) -> Result<Plan, QueryError> {
        let known = || self.categories.join(", ");
        match names {
            [category, column] if column == "content" => {
                match self.categories.iter().position(|c| c == category) {
                    Some(place) => Ok(Plan::Content(place)),
                    None => Err(self.error(
                        span,
                        Reason::Name,
                        format!(
                            "there is no category `{category}`, expected one of {}",
                            known()
                        ),
                    )),
                }
            }
            [category, column] if self.categories.contains(category) => {
                let message =
                    format!("`{category}` has no column `{column}`, expected `{category}.content`");
                Err(self.error(span, Reason::Name, message))
            }
            [column] if column == "content" => Err(self
                .error(span, Reason::Name, "found `content` without a category")
                .hint(format!(
                    "name the category: {}.content",
                    self.categories.first().map_or("tracks", |c| c)
                ))),
            [category] if self.categories.contains(category) => Err(self
                .error(
                    span,
                    Reason::Name,
                    format!("found `{category}` alone, expected `{category}.content`"),
                )
                .hint(format!(
                    "an attribute is written {category}.content->'name'"
                ))),
            _ => {
                let name = &self.text[span.clone()];
                let error = self.error(
                    span,
                    Reason::Name,
                    format!("there is no name {name}, expected category.content"),
                );
                Err(if name.starts_with('"') {
                    error.hint(format!(
                        "double quotes make a name; a value stands in single quotes: '{}'",
                        name.trim_matches('"')
                    ))
                } else {
                    error.hint(format!("the categories are {}", known()))
                })
            }
        }
    }

    fn array(&self, items: &[Expression], span: &Span) -> Result<Plan, QueryError> {
        if items.is_empty() {
            return Err(self.error(
                span,
                Reason::Type,
                "found an empty list, expected a value in it",
            ));
        }
        let texts: Result<Vec<Plan>, QueryError> = items
            .iter()
            .map(|item| {
                let typed = self.typed(item)?;
                match typed.kind {
                    Type::Text | Type::Unknown => Ok(typed.plan),
                    other => Err(self
                        .error(
                            &typed.span,
                            Reason::Type,
                            format!("found {} in a list, expected a text", other.name()),
                        )
                        .hint("put each value in single quotes: array['a', 'b']")),
                }
            })
            .collect();
        let texts = texts?;
        let known: Option<Vec<Option<String>>> = texts
            .iter()
            .map(|text| match text {
                Plan::Text(text) => Some(Some(text.clone())),
                Plan::Null => Some(None),
                _ => None,
            })
            .collect();
        Ok(known.map_or(Plan::Array(texts), Plan::Texts))
    }
}

fn negate(plan: Plan, negated: bool) -> Plan {
    if negated {
        Plan::Not(Box::new(plan))
    } else {
        plan
    }
}
