//! Places in a document during traversal: chains of steps that become JSON pointers on demand.

use std::fmt;

/// A place, as the step to it from the place above.
#[derive(Debug, Clone, Copy)]
pub struct Path<'p> {
    above: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Position(usize),
}

impl<'p> Path<'p> {
    /// The whole document.
    pub const ROOT: Path<'static> = Path {
        above: None,
        step: Step::Root,
    };

    /// The member of this key.
    pub fn key(&'p self, key: &'p str) -> Path<'p> {
        Path {
            above: Some(self),
            step: Step::Key(key),
        }
    }

    /// The number of steps from the whole document.
    pub fn depth(&self) -> usize {
        self.above.map_or(0, |above| above.depth() + 1)
    }

    /// The item at this position, from 0.
    pub fn position(&'p self, position: usize) -> Path<'p> {
        Path {
            above: Some(self),
            step: Step::Position(position),
        }
    }
}

/// Writes the JSON pointer (RFC 6901).
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above {
            above.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Key(key) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Position(position) => write!(f, "/{position}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_escaped_as_in_rfc_6901() {
        let versions = Path::ROOT.key("a~b");
        let item = versions.position(3);
        assert_eq!(item.key("http://x").to_string(), "/a~0b/3/http:~1~1x");
        assert_eq!(Path::ROOT.to_string(), "");
        assert_eq!((Path::ROOT.depth(), item.depth()), (0, 2));
    }
}
