//! The categories in a query, as far as its tokens show.

use crate::query::error::{QueryError, Span};
use crate::query::lexer::{self, Lexeme, Token};

/// The columns that each category has on a TrackFind server.
const COLUMNS: [&str; 3] = ["content", "id", "object_type_id"];

/// A category as a query names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryAlias {
    /// The name, in lower case unless it is in double quotes.
    pub name: String,
    /// Its place in the query.
    pub span: Span,
}

/// The names before `.content` and the other columns, in order.
///
/// # Errors
/// A lexical error.
pub fn aliases(query: &str) -> Result<Vec<CategoryAlias>, QueryError> {
    let lexemes = lexer::tokens(query)?;
    let named = lexemes.windows(3).enumerate();
    let is_qualified = |place: usize| {
        place
            .checked_sub(1)
            .and_then(|before| lexemes.get(before))
            .is_some_and(|before| before.token == Token::Mark('.'))
    };
    Ok(named
        .filter(|(place, _)| !is_qualified(*place))
        .filter_map(|(_, three)| alias(three))
        .collect())
}

fn alias(three: &[Lexeme]) -> Option<CategoryAlias> {
    let [first, dot, column] = three else {
        return None;
    };
    let (Token::Word(name) | Token::QuotedName(name)) = &first.token else {
        return None;
    };
    let (Token::Word(column) | Token::QuotedName(column)) = &column.token else {
        return None;
    };
    let is_column = dot.token == Token::Mark('.') && COLUMNS.contains(&column.as_str());
    is_column.then(|| CategoryAlias {
        name: name.clone(),
        span: first.span.clone(),
    })
}

/// Whether a query contains a sub-query, which may have its own names.
pub fn has_sub_query(query: &str) -> bool {
    let lexemes = lexer::tokens(query).unwrap_or_default();
    lexemes.iter().any(|lexeme| {
        matches!(&lexeme.token, Token::Word(word) if ["select", "values", "table"].contains(&word.as_str()))
    })
}
