//! What a query says, before its names and types are looked at.

use super::error::Span;

/// An expression and the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it says.
    pub kind: ExpressionKind,
    /// Where it stands in the query, in bytes, with the brackets around it.
    pub span: Span,
    /// The longest chain of expressions within it, itself counted; bounded by the parser.
    pub depth: usize,
}

/// The forms of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
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
        /// What is looked for.
        value: Box<Expression>,
        /// Where it is looked for; never empty.
        list: Vec<Expression>,
        /// `NOT`
        negated: bool,
    },
    /// `a [NOT] BETWEEN [SYMMETRIC] b AND c`
    Between {
        /// The value and its two bounds.
        parts: Box<[Expression; 3]>,
        /// Whether the bounds may come in either order.
        symmetric: bool,
        /// `NOT`
        negated: bool,
    },
    /// `a = ANY (b)` or `a = ALL (b)`, also with other comparisons
    Quantified {
        /// The comparison's sign.
        sign: String,
        /// Where the sign stands.
        at: Span,
        /// The value and the list.
        sides: Box<[Expression; 2]>,
        /// `ALL`
        all: bool,
    },
    /// `a IS [NOT] NULL`, `a IS [NOT] TRUE` and their kin, also spelled `ISNULL` and `NOTNULL`
    Is {
        /// What is tested.
        value: Box<Expression>,
        /// What it is tested for.
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
        /// What is cast.
        value: Box<Expression>,
        /// The type as it is named.
        target: TypeName,
    },
    /// `name(a, …)`
    Call {
        /// The function's name, lower case.
        name: String,
        /// What it is given.
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

/// What `IS` tests for.
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
    /// Where it stands.
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
