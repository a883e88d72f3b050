//! What a query says, before its names and types are looked at.

use super::error::Span;

/// An expression and the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it says.
    pub kind: Kind,
    /// Where it stands in the query, in bytes, brackets around it not counted.
    pub span: Span,
    /// The longest chain of expressions within it, itself counted; bounded by the parser.
    pub depth: usize,
}

/// The forms of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A string literal; which type it has depends on where it stands.
    Text(String),
    /// A numeric literal as written.
    Number(String),
    /// `true` or `false`
    Boolean(bool),
    /// `null`
    Null,
    /// `category.column`, or a single name.
    Name(Vec<String>),
    /// `array[…]`
    Array(Vec<Expression>),
    /// `a AND b AND …`
    And(Vec<Expression>),
    /// `a OR b OR …`
    Or(Vec<Expression>),
    /// `NOT a`
    Not(Box<Expression>),
    /// Any operator with two sides, comparisons included.
    Operator {
        /// The operator's signs.
        sign: String,
        /// Where the signs stand.
        at: Span,
        /// Its two sides.
        sides: Box<[Expression; 2]>,
    },
    /// `[NOT] LIKE` and `[NOT] ILIKE`
    Like {
        /// The text and the pattern.
        sides: Box<[Expression; 2]>,
        /// `ILIKE`
        ignore_case: bool,
        /// `NOT`
        negated: bool,
    },
    /// `a [NOT] IN (b, …)`
    In {
        /// What is looked for.
        value: Box<Expression>,
        /// Where it is looked for; never empty.
        list: Vec<Expression>,
        /// `NOT`
        negated: bool,
    },
    /// `a IS [NOT] NULL`, also spelled `ISNULL` and `NOTNULL`
    IsNull {
        /// What is tested.
        value: Box<Expression>,
        /// `NOT`
        negated: bool,
    },
}

impl Expression {
    /// The expression's parts, in the order they are written.
    pub fn parts(&self) -> Vec<&Expression> {
        match &self.kind {
            Kind::Text(_) | Kind::Number(_) | Kind::Boolean(_) | Kind::Null | Kind::Name(_) => {
                Vec::new()
            }
            Kind::Array(items) | Kind::And(items) | Kind::Or(items) => items.iter().collect(),
            Kind::Not(value) | Kind::IsNull { value, .. } => vec![value],
            Kind::Operator { sides, .. } | Kind::Like { sides, .. } => sides.iter().collect(),
            Kind::In { value, list, .. } => std::iter::once(value.as_ref()).chain(list).collect(),
        }
    }

    /// An expression whose depth follows from its parts.
    pub(super) fn new(kind: Kind, span: Span) -> Self {
        let mut expression = Expression {
            kind,
            span,
            depth: 1,
        };
        expression.depth += expression
            .parts()
            .iter()
            .map(|part| part.depth)
            .max()
            .unwrap_or(0);
        expression
    }
}
