//! Query text → tokens, by the lexical rules of PostgreSQL (manual section 4.1).

use super::cursor::Cursor;
use super::error::{QueryError, QueryFault, Span};
use super::literal;

/// One word, literal or sign of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A keyword or an unquoted name, folded to lower case as in PostgreSQL.
    Word(String),
    /// A name in double quotes, as written.
    QuotedName(String),
    /// A string literal, unescaped.
    Text(String),
    /// A numeric literal, as written.
    Number(String),
    /// An operator of one or more signs; `!=` is given as `<>`.
    Operator(String),
    /// One of `( ) [ ] , . ; :`.
    Mark(char),
    /// `::`
    Cast,
    /// The end of the text.
    End,
}

/// A token and the bytes that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexeme {
    /// The token.
    pub token: Token,
    /// Its place in the text.
    pub span: Span,
}

/// The characters of operators.
const OPERATOR_SIGNS: &str = "+-*/<>=~!@#%^&|`?";
/// A multi-character operator may end in `+` or `-` only if it contains one of these.
const SIGNS_THAT_KEEP_A_TRAILING_SIGN: &str = "~!@#%^&|`?";

/// All tokens of `text`, the last of them [`Token::End`].
///
/// # Errors
/// An unclosed literal, quoted name or comment, an invalid escape, or an unexpected character.
pub fn tokens(text: &str) -> Result<Vec<Lexeme>, QueryError> {
    let mut cursor = Cursor { text, at: 0 };
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut spelling = None;
    loop {
        let may_continue = cursor.skip_blanks_and_comments()?;
        let start = cursor.at;
        if may_continue
            && let Some(spelling) = spelling
            && let Some(Lexeme {
                token: Token::Text(text),
                span,
            }) = lexemes.last_mut()
            && let Some(more) = literal::continuation(&mut cursor, spelling)?
        {
            // Two literals with a line break between them are one literal, by the SQL standard.
            text.push_str(&more);
            span.end = cursor.at;
            continue;
        }
        let (token, spelled) = match literal::string(&mut cursor)? {
            Some((text, spelling)) => (Token::Text(text), Some(spelling)),
            None => (cursor.token()?, None),
        };
        spelling = spelled;
        let done = token == Token::End;
        lexemes.push(Lexeme {
            token,
            span: start..cursor.at,
        });
        if done {
            return Ok(lexemes);
        }
    }
}

impl Cursor<'_> {
    fn token(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        let Some(first) = self.peek() else {
            return Ok(Token::End);
        };
        match first {
            '"' => self.quoted_name(),
            '0'..='9' => self.number(),
            '.' if self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) => self.number(),
            c if c == '_' || c.is_ascii_alphabetic() || !c.is_ascii() => {
                let word = self.take_while(|c| {
                    c == '_' || c == '$' || c.is_ascii_alphanumeric() || !c.is_ascii()
                });
                Ok(Token::Word(word.to_ascii_lowercase()))
            }
            ':' if self.eat("::") => Ok(Token::Cast),
            '(' | ')' | '[' | ']' | ',' | '.' | ';' | ':' => {
                self.at += 1;
                Ok(Token::Mark(first))
            }
            c if OPERATOR_SIGNS.contains(c) => Ok(Token::Operator(self.operator())),
            '$' => {
                self.take_while(|c| c == '$' || c.is_ascii_alphanumeric());
                Err(self.error(start, "found a parameter, expected a value; parameters such as `$1` are not supported"))
            }
            c => {
                self.next();
                Err(self.error(start, format!("found unexpected `{}`", c.escape_debug())))
            }
        }
    }

    fn quoted_name(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        let name = self.doubled('"').ok_or_else(|| {
            QueryError::new(
                self.text,
                start..start + 1,
                QueryFault::Syntax,
                "found an unclosed double quote, expected `\"`",
            )
            .hint("write values in single quotes: 'bigWig'")
        })?;
        if name.is_empty() {
            return Err(self.error(
                start,
                "found an empty name in double quotes, expected a name",
            ));
        }
        Ok(Token::QuotedName(name))
    }

    fn number(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        let is_digit = |c: char| c.is_ascii_digit();
        self.take_while(is_digit);
        if self.peek() == Some('.') && !self.rest().starts_with("..") {
            self.at += 1;
            self.take_while(is_digit);
        }
        if let Some('e' | 'E') = self.peek() {
            let before = self.at;
            self.at += 1;
            if let Some('+' | '-') = self.peek() {
                self.at += 1;
            }
            if self.take_while(is_digit).is_empty() {
                self.at = before;
            }
        }
        if self.peek().is_some_and(|c| c == '_' || c.is_alphanumeric()) {
            self.take_while(|c| c == '_' || c.is_alphanumeric());
            return Err(self
                .error(start, "found letters directly after a number")
                .hint("write values in single quotes"));
        }
        Ok(Token::Number(self.text[start..self.at].to_owned()))
    }

    /// The longest operator here, up to the start of a comment, by PostgreSQL's rule for a trailing `+` or `-`.
    fn operator(&mut self) -> String {
        let signs = self
            .rest()
            .find(|c| !OPERATOR_SIGNS.contains(c))
            .unwrap_or(self.rest().len());
        let run = &self.rest()[..signs];
        let cut = [run.find("--"), run.find("/*")]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(run.len());
        let mut operator = &run[..cut];
        while operator.len() > 1
            && operator.ends_with(['+', '-'])
            && !operator.contains(|c| SIGNS_THAT_KEEP_A_TRAILING_SIGN.contains(c))
        {
            operator = &operator[..operator.len() - 1];
        }
        let operator = operator.to_owned();
        self.at += operator.len();
        if operator == "!=" {
            "<>".to_owned()
        } else {
            operator
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Token> {
        tokens(text)
            .unwrap()
            .into_iter()
            .map(|lexeme| lexeme.token)
            .collect()
    }

    fn operators(text: &str) -> Vec<String> {
        kinds(text)
            .into_iter()
            .filter_map(|t| {
                if let Token::Operator(o) = t {
                    Some(o)
                } else {
                    None
                }
            })
            .collect()
    }

    #[test]
    fn needs_no_blanks_around_operators() {
        assert_eq!(
            kinds("a.content->'summary'?'x'"),
            [
                Token::Word("a".into()),
                Token::Mark('.'),
                Token::Word("content".into()),
                Token::Operator("->".into()),
                Token::Text("summary".into()),
                Token::Operator("?".into()),
                Token::Text("x".into()),
                Token::End
            ]
        );
    }

    #[test]
    fn splits_operators_as_postgresql_does() {
        assert_eq!(operators("a->-1"), ["->", "-"]);
        assert_eq!(operators("a ?-b"), ["?-"]);
        assert_eq!(operators("a?|array"), ["?|"]);
        assert_eq!(operators("a->>'b'--c\n!='d'"), ["->>", "<>"]);
        assert_eq!(operators("a*/*c*/b"), ["*"]);
    }

    #[test]
    fn folds_words_but_not_quoted_names() {
        assert_eq!(
            kinds("TRACKS \"Tr\"\"x\""),
            [
                Token::Word("tracks".into()),
                Token::QuotedName("Tr\"x".into()),
                Token::End
            ]
        );
    }

    #[test]
    fn joins_literals_that_a_line_break_separates() {
        assert_eq!(
            kinds("'a' -- c\n 'b'"),
            [Token::Text("ab".into()), Token::End]
        );
        assert_eq!(
            kinds("E'a'\n'\\t'"),
            [Token::Text("a\t".into()), Token::End]
        );
        for apart in ["'a' 'b'", "'a'/**/\n'b'", "$$a$$\n'b'"] {
            assert_eq!(kinds(apart).len(), 3, "{apart}");
        }
    }

    #[test]
    fn reads_numbers_and_refuses_what_sticks_to_them() {
        assert_eq!(kinds("1 .5 1. 1e3 2.5E-1").len(), 6);
        assert!(tokens("12abc").is_err());
    }

    #[test]
    fn tells_where_something_never_ends() {
        for (text, at) in [("a ? 'b", 4), ("a ? \"b", 4), ("true /* x", 5), ("$$x", 0)] {
            assert_eq!(tokens(text).unwrap_err().span.start, at, "{text}");
        }
    }
}
