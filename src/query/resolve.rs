//! Names and types: an expression → a plan that can be evaluated.
//!
//! A string literal has no type of its own: what stands beside it decides, by PostgreSQL's rules for
//! "unknown" literals (manual chapter 10).

use serde_json::Value as Json;

use super::array;
use super::decimal::Decimal;
use super::error::{QueryError, Reason, Span};
use super::pattern::{self, Dialect};
use super::plan::Plan;
use super::syntax::{Expression, Kind};

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
            Kind::Array(items) => (self.array(items)?, Type::TextArray),
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
            (Type::Unknown, Plan::Text(text)) => match spelled_boolean(text) {
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

    fn array(&self, items: &[Expression]) -> Result<Plan, QueryError> {
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

    fn operator(
        &self,
        sign: &str,
        at: &Span,
        sides: &[Expression; 2],
    ) -> Result<(Plan, Type), QueryError> {
        let regular = |ignore_case| self.matching(sides, sign, at, Dialect::Posix, ignore_case);
        Ok(match sign {
            "->" => (self.step(sides, sign, at, false)?, Type::Jsonb),
            "->>" => (self.step(sides, sign, at, true)?, Type::Text),
            "#>" => (self.path(sides, sign, at, false)?, Type::Jsonb),
            "#>>" => (self.path(sides, sign, at, true)?, Type::Text),
            "?" => {
                let [value, key] = self.pair(sides)?;
                self.expect(
                    &value,
                    Type::Jsonb,
                    &key,
                    &[Type::Text, Type::Unknown],
                    sign,
                    at,
                )?;
                (
                    Plan::Exists {
                        value: Box::new(value.plan),
                        key: Box::new(key.plan),
                    },
                    Type::Boolean,
                )
            }
            "?|" | "?&" => {
                let [value, keys] = self.pair(sides)?;
                self.expect(
                    &value,
                    Type::Jsonb,
                    &keys,
                    &[Type::TextArray, Type::Unknown],
                    sign,
                    at,
                )?;
                let plan = Plan::ExistsSeveral {
                    value: Box::new(value.plan),
                    keys: Box::new(self.texts(keys)?),
                    all: sign == "?&",
                };
                (plan, Type::Boolean)
            }
            "=" => (self.equal(&sides[0], &sides[1], sign, at)?, Type::Boolean),
            "<>" => (
                negate(self.equal(&sides[0], &sides[1], sign, at)?, true),
                Type::Boolean,
            ),
            "~" => (regular(false)?, Type::Boolean),
            "~*" => (regular(true)?, Type::Boolean),
            "!~" => (negate(regular(false)?, true), Type::Boolean),
            "!~*" => (negate(regular(true)?, true), Type::Boolean),
            "~~" | "~~*" | "!~~" | "!~~*" => {
                let plan = self.matching(sides, sign, at, Dialect::Like, sign.ends_with('*'))?;
                (negate(plan, sign.starts_with('!')), Type::Boolean)
            }
            _ => {
                let message = format!("the operator `{sign}` is not supported offline");
                return Err(self.error(at, Reason::NotSupported, message));
            }
        })
    }

    fn pair(&self, sides: &[Expression; 2]) -> Result<[Typed; 2], QueryError> {
        Ok([self.typed(&sides[0])?, self.typed(&sides[1])?])
    }

    /// Checks the sides of an operator on an attribute.
    fn expect(
        &self,
        left: &Typed,
        left_type: Type,
        right: &Typed,
        right_types: &[Type],
        sign: &str,
        at: &Span,
    ) -> Result<(), QueryError> {
        // An unknown literal on the left becomes what the operator wants; JSON text is then read once.
        if left.kind == left_type && right_types.contains(&right.kind) {
            return Ok(());
        }
        let error = self.misfit(left, right, sign, at);
        Err(match (sign, left.kind) {
            ("->" | "->>" | "?", Type::Text) => {
                error.hint("`->>` gives text and ends a path; write `->` before it")
            }
            ("?", _) if right.kind == Type::TextArray => {
                error.hint("for one of several values write ?| array['a', 'b']")
            }
            ("?|" | "?&", _) if right.kind == Type::Text => {
                error.hint("write the values as array['a', 'b']")
            }
            (_, Type::Jsonb) if right.kind == Type::Number => {
                error.hint("put the value in single quotes")
            }
            _ => error,
        })
    }

    fn misfit(&self, left: &Typed, right: &Typed, sign: &str, at: &Span) -> QueryError {
        let message = format!(
            "`{sign}` does not work between {} and {}",
            left.kind.name(),
            right.kind.name()
        );
        self.error(at, Reason::Type, message)
    }

    fn step(
        &self,
        sides: &[Expression; 2],
        sign: &str,
        at: &Span,
        as_text: bool,
    ) -> Result<Plan, QueryError> {
        let [value, key] = self.pair(sides)?;
        self.expect(
            &value,
            Type::Jsonb,
            &key,
            &[Type::Text, Type::Unknown, Type::Number],
            sign,
            at,
        )?;
        let value = Box::new(value.plan);
        Ok(match key.plan {
            Plan::Number(number) => {
                let index = number.to_string().parse::<i32>().map_err(|_| {
                    self.error(
                        &key.span,
                        Reason::Type,
                        format!("found {number}, expected a key or a whole number"),
                    )
                })?;
                Plan::Element {
                    value,
                    index: i64::from(index),
                    as_text,
                }
            }
            plan => Plan::Member {
                value,
                key: Box::new(plan),
                as_text,
            },
        })
    }

    fn path(
        &self,
        sides: &[Expression; 2],
        sign: &str,
        at: &Span,
        as_text: bool,
    ) -> Result<Plan, QueryError> {
        let [value, path] = self.pair(sides)?;
        self.expect(
            &value,
            Type::Jsonb,
            &path,
            &[Type::TextArray, Type::Unknown],
            sign,
            at,
        )?;
        Ok(Plan::Descend {
            value: Box::new(value.plan),
            path: Box::new(self.texts(path)?),
            as_text,
        })
    }

    /// Takes `typed` as a list of texts; a literal spells one as `'{a,b}'`.
    fn texts(&self, typed: Typed) -> Result<Plan, QueryError> {
        match typed.plan {
            Plan::Text(literal) => array::parse(&literal).map(Plan::Texts).map_err(|message| {
                self.error(&typed.span, Reason::Type, message)
                    .hint("write the values as array['a', 'b']")
            }),
            plan => Ok(plan),
        }
    }

    fn equal(
        &self,
        left: &Expression,
        right: &Expression,
        sign: &str,
        at: &Span,
    ) -> Result<Plan, QueryError> {
        let (left, right) = (self.typed(left)?, self.typed(right)?);
        let kind = match (left.kind, right.kind) {
            (Type::Unknown, Type::Unknown) => Type::Text,
            (Type::Unknown, known) | (known, Type::Unknown) => known,
            (one, other) if one == other => one,
            (Type::Jsonb, Type::Number) | (Type::Number, Type::Jsonb) => {
                return Err(self
                    .misfit(&left, &right, sign, at)
                    .hint("put the number in single quotes: '42'"));
            }
            (Type::Text, Type::Number) | (Type::Number, Type::Text) => {
                return Err(self
                    .misfit(&left, &right, sign, at)
                    .hint("put the number in single quotes: '42'"));
            }
            _ => return Err(self.misfit(&left, &right, sign, at)),
        };
        Ok(Plan::Equal(Box::new([
            self.literal_as(left, kind)?,
            self.literal_as(right, kind)?,
        ])))
    }

    /// Gives an unknown literal the type that its other side has.
    fn literal_as(&self, typed: Typed, kind: Type) -> Result<Plan, QueryError> {
        let Typed {
            plan,
            kind: Type::Unknown,
            span,
        } = typed
        else {
            return Ok(typed.plan);
        };
        let Plan::Text(text) = plan else {
            return Ok(plan);
        };
        match kind {
            Type::Text | Type::Unknown => Ok(Plan::Text(text)),
            Type::Jsonb => serde_json::from_str::<Json>(&text)
                .map(Plan::Jsonb)
                .map_err(|_| {
                    self.error(
                        &span,
                        Reason::Type,
                        format!("found the value '{text}', expected JSON after `->` and `=`"),
                    )
                    .hint(format!(
                        "write ? '{0}' instead of = '{0}', or use ->> before the last name",
                        text.replace('\'', "''")
                    ))
                }),
            Type::Boolean => match spelled_boolean(&text) {
                Some(flag) => Ok(Plan::Boolean(flag)),
                None => {
                    Err(self.error(&span, Reason::Type, "found a value, expected true or false"))
                }
            },
            Type::Number => Decimal::parse(text.trim())
                .map(Plan::Number)
                .ok_or_else(|| self.error(&span, Reason::Type, "found a value, expected a number")),
            Type::TextArray => self.texts(Typed {
                plan: Plan::Text(text),
                kind: Type::Unknown,
                span,
            }),
        }
    }

    /// `text LIKE pattern`, `text ~ pattern` and their kin.
    fn matching(
        &self,
        sides: &[Expression; 2],
        sign: &str,
        at: &Span,
        dialect: Dialect,
        ignore_case: bool,
    ) -> Result<Plan, QueryError> {
        let [text, found] = self.pair(sides)?;
        let is_text = |typed: &Typed| matches!(typed.kind, Type::Text | Type::Unknown);
        if !is_text(&text) || !is_text(&found) {
            let error = self.misfit(&text, &found, sign, at);
            return Err(match text.kind {
                Type::Jsonb => error.hint("use ->> before the last name to get its text"),
                _ => error,
            });
        }
        let value = Box::new(text.plan);
        match found.plan {
            Plan::Text(source) => {
                let pattern =
                    pattern::compile(&source, dialect, ignore_case).map_err(|message| {
                        let reason = if message.contains("not supported") {
                            Reason::NotSupported
                        } else {
                            Reason::Type
                        };
                        self.error(&found.span, reason, message)
                    })?;
                Ok(Plan::Match { value, pattern })
            }
            Plan::Null => Ok(Plan::Null),
            _ => Err(self.error(
                &found.span,
                Reason::NotSupported,
                "a pattern that is not a literal is not supported offline",
            )),
        }
    }
}

fn negate(plan: Plan, negated: bool) -> Plan {
    if negated {
        Plan::Not(Box::new(plan))
    } else {
        plan
    }
}

/// The truth value that a literal spells, by PostgreSQL's input rules for booleans (manual section 8.6).
fn spelled_boolean(text: &str) -> Option<bool> {
    let word = text.trim().to_ascii_lowercase();
    let starts =
        |whole: &str, least: usize| word.len() >= least && whole.starts_with(word.as_str());
    if starts("true", 1) || starts("yes", 1) || starts("on", 2) || word == "1" {
        Some(true)
    } else if starts("false", 1) || starts("no", 1) || starts("off", 2) || word == "0" {
        Some(false)
    } else {
        None
    }
}
