//! The syntax tree of a pattern.

/// A node of a pattern.
#[derive(Debug, Clone)]
pub(super) enum PatternNode {
    /// The empty text.
    Empty,
    /// One character of the set at this index of the pattern's sets.
    Set(usize),
    /// An assertion between two characters.
    Assert(Assertion),
    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`
    Look {
        ahead: bool,
        negated: bool,
        node: Box<PatternNode>,
    },
    /// `(…)` with the number of its capture, from 1.
    Capture(usize, Box<PatternNode>),
    Sequence(Vec<PatternNode>),
    /// `…|…`; never of a single branch.
    Choice(Vec<PatternNode>),
    Repeat {
        node: Box<PatternNode>,
        least: u32,
        /// `None` for no limit.
        most: Option<u32>,
        /// The preference of the quantifier; `{m}` has none.
        preference: Option<Preference>,
    },
}

/// A position in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Assertion {
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordStart,
    WordEnd,
    WordBoundary,
    NoWordBoundary,
}

/// Which of several matches with the same start counts (manual section 9.7.3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preference {
    Longest,
    Shortest,
}

impl PatternNode {
    /// A sequence, flattened.
    pub fn sequence(mut nodes: Vec<PatternNode>) -> PatternNode {
        match nodes.len() {
            0 => PatternNode::Empty,
            1 => nodes.remove(0),
            _ => PatternNode::Sequence(nodes),
        }
    }

    /// `node*`
    pub fn any_number(node: PatternNode) -> PatternNode {
        PatternNode::Repeat {
            node: Box::new(node),
            least: 0,
            most: None,
            preference: Some(Preference::Longest),
        }
    }

    /// Whether a longer or a shorter match is preferred; `None` without a preference.
    pub fn preference(&self) -> Option<Preference> {
        match self {
            PatternNode::Capture(_, node) => node.preference(),
            PatternNode::Sequence(nodes) => nodes.iter().find_map(PatternNode::preference),
            PatternNode::Choice(_) => Some(Preference::Longest),
            PatternNode::Repeat {
                node,
                least,
                most,
                preference,
            } => match node.preference() {
                // `{1,1}` around a node without a preference is no quantifier.
                None if *least == 1 && *most == Some(1) => None,
                inner => preference.or(inner),
            },
            PatternNode::Empty
            | PatternNode::Set(_)
            | PatternNode::Assert(_)
            | PatternNode::Look { .. } => None,
        }
    }

    /// Whether `is` holds for a node in it.
    pub fn any(&self, is: &dyn Fn(&PatternNode) -> bool) -> bool {
        is(self)
            || match self {
                PatternNode::Capture(_, node)
                | PatternNode::Repeat { node, .. }
                | PatternNode::Look { node, .. } => node.any(is),
                PatternNode::Sequence(nodes) | PatternNode::Choice(nodes) => {
                    nodes.iter().any(|node| node.any(is))
                }
                PatternNode::Empty | PatternNode::Set(_) | PatternNode::Assert(_) => false,
            }
    }

    /// The number of nodes.
    pub fn size(&self) -> usize {
        1 + match self {
            PatternNode::Capture(_, node)
            | PatternNode::Repeat { node, .. }
            | PatternNode::Look { node, .. } => node.size(),
            PatternNode::Sequence(nodes) | PatternNode::Choice(nodes) => {
                nodes.iter().map(PatternNode::size).sum()
            }
            PatternNode::Empty | PatternNode::Set(_) | PatternNode::Assert(_) => 0,
        }
    }

    /// Whether it captures anything.
    pub fn captures(&self) -> bool {
        self.any(&|node| matches!(node, PatternNode::Capture(..)))
    }

    /// The same pattern without its captures.
    pub fn without_captures(self) -> PatternNode {
        let each = |nodes: Vec<PatternNode>| {
            nodes
                .into_iter()
                .map(PatternNode::without_captures)
                .collect()
        };
        match self {
            PatternNode::Capture(_, node) => node.without_captures(),
            PatternNode::Sequence(nodes) => PatternNode::Sequence(each(nodes)),
            PatternNode::Choice(nodes) => PatternNode::Choice(each(nodes)),
            PatternNode::Repeat {
                node,
                least,
                most,
                preference,
            } => PatternNode::Repeat {
                node: Box::new(node.without_captures()),
                least,
                most,
                preference,
            },
            other => other,
        }
    }
}
