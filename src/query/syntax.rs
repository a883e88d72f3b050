//! The syntax tree of a query, before names and types are resolved.

use super::error::Span;

/// An expression and the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// The form.
    pub kind: ExpressionKind,
    /// Its place in the query, in bytes, including parentheses.
    pub span: Span,
    /// The depth of the tree; bounded by the parser.
    pub depth: usize,
}

/// The forms of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// A string literal; its type depends on the context.
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
        /// The operator.
        sign: String,
        /// Its place in the query.
        at: Span,
        /// Its two sides.
        sides: Box<[Expression; 2]>,
    },
    /// `[NOT] LIKE`, `[NOT] ILIKE` and `[NOT] SIMILAR TO`
    Like {
        /// The text and the pattern.
        sides: Box<[Expression; 2]>,
        /// Which of the three.
        operator: LikeOperator,
        /// `ESCAPE …`
        escape: Option<Box<Expression>>,
        /// `NOT`
        negated: bool,
    },
    /// `a [NOT] IN (b, …)`
    In {
        /// The value.
        value: Box<Expression>,
        /// The list; never empty.
        list: Vec<Expression>,
        /// `NOT`
        negated: bool,
    },
    /// `a [NOT] BETWEEN [SYMMETRIC] b AND c`
    Between {
        /// The value and its two bounds.
        parts: Box<[Expression; 3]>,
        /// Whether the bounds may be in either order.
        symmetric: bool,
        /// `NOT`
        negated: bool,
    },
    /// `a = ANY (b)` or `a = ALL (b)`, also with other comparisons
    Quantified {
        /// The comparison operator.
        sign: String,
        /// Its place in the query.
        at: Span,
        /// The value and the list.
        sides: Box<[Expression; 2]>,
        /// `ALL`
        all: bool,
    },
    /// `a IS [NOT] NULL`, `a IS [NOT] TRUE` and similar, also `ISNULL` and `NOTNULL`
    Is {
        /// The value.
        value: Box<Expression>,
        /// The test.
        test: Test,
        /// `NOT`
        negated: bool,
    },
    /// `a IS [NOT] DISTINCT FROM b`
    Distinct {
        /// Its two sides.
        sides: Box<[Expression; 2]>,
        /// `NOT`
        negated: bool,
    },
    /// `a::type` and `CAST(a AS type)`
    Cast {
        /// The value.
        value: Box<Expression>,
        /// The type.
        target: TypeName,
    },
    /// `name(a, …)`
    Call {
        /// The function's name, lower case.
        name: String,
        /// The arguments.
        arguments: Vec<Expression>,
    },
}

/// The pattern operators of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LikeOperator {
    /// `LIKE`
    Like,
    /// `ILIKE`
    ILike,
    /// `SIMILAR TO`
    SimilarTo,
}

/// The tests of `IS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// `NULL`
    Null,
    /// `TRUE`
    True,
    /// `FALSE`
    False,
    /// `UNKNOWN`
    Unknown,
}

/// The name of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeName {
    /// The name, lower case.
    pub name: String,
    /// Whether `[]` follows it.
    pub is_list: bool,
    /// Its place in the query.
    pub span: Span,
}

impl Expression {
    /// The expression's parts, in the order they are written.
    pub fn parts(&self) -> Vec<&Expression> {
        match &self.kind {
            ExpressionKind::Text(_)
            | ExpressionKind::Number(_)
            | ExpressionKind::Boolean(_)
            | ExpressionKind::Null
            | ExpressionKind::Name(_) => Vec::new(),
            ExpressionKind::Array(items)
            | ExpressionKind::And(items)
            | ExpressionKind::Or(items) => items.iter().collect(),
            ExpressionKind::Call { arguments, .. } => arguments.iter().collect(),
            ExpressionKind::Not(value)
            | ExpressionKind::Is { value, .. }
            | ExpressionKind::Cast { value, .. } => vec![value],
            ExpressionKind::Operator { sides, .. }
            | ExpressionKind::Quantified { sides, .. }
            | ExpressionKind::Distinct { sides, .. } => sides.iter().collect(),
            ExpressionKind::Like { sides, escape, .. } => {
                sides.iter().chain(escape.as_deref()).collect()
            }
            ExpressionKind::Between { parts, .. } => parts.iter().collect(),
            ExpressionKind::In { value, list, .. } => {
                std::iter::once(value.as_ref()).chain(list).collect()
            }
        }
    }

    /// An expression whose depth follows from its parts.
    pub(super) fn new(kind: ExpressionKind, span: Span) -> Self {
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
