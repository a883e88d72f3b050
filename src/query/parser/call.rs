//! Functions, and the words that SQL puts between the arguments of some of them.

use super::{Binding, Parser};
use crate::query::error::QueryError;
use crate::query::function::SUPPORTED;
use crate::query::lexer::Token;
use crate::query::syntax::{Expression, ExpressionKind};

impl Parser<'_> {
    /// The call of the function `name`, which starts at `start`, from its parenthesis on.
    pub(super) fn call(&mut self, name: String, start: usize) -> Result<Expression, QueryError> {
        self.expect_mark('(')?;
        let is_special = ["distinct", "all", "variadic"]
            .iter()
            .any(|w| self.is_word(0, w));
        if is_special || matches!(self.token(), Token::Operator(star) if star == "*") {
            return Err(self.not_supported("this form of function call is"));
        }
        let (name, arguments) = if self.eat_mark(')') {
            (name, Vec::new())
        } else {
            match name.as_str() {
                "substring" => (name, self.substring()?),
                "position" => ("strpos".to_owned(), self.position()?),
                "trim" => self.trim()?,
                "overlay" | "extract" => {
                    let error = self.not_supported(&format!("the function `{name}` is"));
                    return Err(error.hint(SUPPORTED));
                }
                _ => (name, self.list(')')?),
            }
        };
        self.build(
            ExpressionKind::Call { name, arguments },
            start..self.last_end(),
        )
    }

    /// `text FROM start FOR length` and similar forms; each is equivalent to a list of arguments.
    fn substring(&mut self) -> Result<Vec<Expression>, QueryError> {
        let mut arguments = vec![self.expression(Binding::Or)?];
        if self.eat_word("similar") {
            arguments.push(self.expression(Binding::Or)?);
            if !self.eat_word("escape") {
                return Err(self.unexpected("ESCAPE"));
            }
            arguments.push(self.expression(Binding::Or)?);
        } else if self.eat_word("from") {
            arguments.push(self.expression(Binding::Or)?);
            if self.eat_word("for") {
                arguments.push(self.expression(Binding::Or)?);
            }
        } else if self.eat_word("for") {
            let length = self.expression(Binding::Or)?;
            let first = if self.eat_word("from") {
                self.expression(Binding::Or)?
            } else {
                self.build(ExpressionKind::Number("1".to_owned()), length.span.clone())?
            };
            arguments.extend([first, length]);
        } else if self.eat_mark(',') {
            arguments.extend(self.list(')')?);
            return Ok(arguments);
        }
        self.close(arguments)
    }

    /// `wanted IN text`
    fn position(&mut self) -> Result<Vec<Expression>, QueryError> {
        let wanted = self.expression(Binding::Operator)?;
        if !self.eat_word("in") {
            return Err(self.unexpected("IN"));
        }
        let text = self.expression(Binding::Operator)?;
        self.close(vec![text, wanted])
    }

    /// `[BOTH | LEADING | TRAILING] [characters] FROM text`
    fn trim(&mut self) -> Result<(String, Vec<Expression>), QueryError> {
        let name = if self.eat_word("leading") {
            "ltrim"
        } else if self.eat_word("trailing") {
            "rtrim"
        } else {
            self.eat_word("both");
            "btrim"
        };
        let arguments = if self.eat_word("from") {
            self.list(')')?
        } else {
            let first = self.expression(Binding::Or)?;
            if self.eat_word("from") {
                let mut arguments = self.list(')')?;
                arguments.push(first);
                arguments
            } else if self.eat_mark(',') {
                let mut arguments = vec![first];
                arguments.extend(self.list(')')?);
                arguments
            } else {
                self.close(vec![first])?
            }
        };
        Ok((name.to_owned(), arguments))
    }

    fn close(&mut self, arguments: Vec<Expression>) -> Result<Vec<Expression>, QueryError> {
        self.expect_mark(')')?;
        Ok(arguments)
    }
}
