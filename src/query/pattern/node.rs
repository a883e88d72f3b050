//! What a pattern says.

/// A part of a pattern.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// The empty text.
    Empty,
    /// One character of the set at this place of the pattern's sets.
    Set(usize),
    /// What holds between two characters.
    Assert(Assertion),
    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`
    Look {
        ahead: bool,
        negated: bool,
        node: Box<Node>,
    },
    /// `(…)` with the number of what it captures, from 1.
    Capture(usize, Box<Node>),
    Sequence(Vec<Node>),
    /// `…|…`; never of a single branch.
    Choice(Vec<Node>),
    Repeat {
        node: Box<Node>,
        least: u32,
        /// No limit if there is none.
        most: Option<u32>,
        /// What the quantifier prefers; `{m}` prefers nothing.
        preference: Option<Preference>,
    },
}

/// A place in the text.
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

/// Which of several matches that start at one place counts (manual section 9.7.3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preference {
    Longest,
    Shortest,
}

impl Node {
    /// A sequence, taken apart where it is none.
    pub fn sequence(mut nodes: Vec<Node>) -> Node {
        match nodes.len() {
            0 => Node::Empty,
            1 => nodes.remove(0),
            _ => Node::Sequence(nodes),
        }
    }

    /// `node*`
    pub fn any_number(node: Node) -> Node {
        Node::Repeat {
            node: Box::new(node),
            least: 0,
            most: None,
            preference: Some(Preference::Longest),
        }
    }

    /// Whether a longer or a shorter match is preferred; `None` where nothing says so.
    pub fn preference(&self) -> Option<Preference> {
        match self {
            Node::Capture(_, node) => node.preference(),
            Node::Sequence(nodes) => nodes.iter().find_map(Node::preference),
            Node::Choice(_) => Some(Preference::Longest),
            Node::Repeat {
                node,
                least,
                most,
                preference,
            } => match node.preference() {
                // `{1,1}` around what prefers nothing is no quantifier.
                None if *least == 1 && *most == Some(1) => None,
                inner => preference.or(inner),
            },
            Node::Empty | Node::Set(_) | Node::Assert(_) | Node::Look { .. } => None,
        }
    }

    /// Whether something in it holds.
    pub fn any(&self, is: &dyn Fn(&Node) -> bool) -> bool {
        is(self)
            || match self {
                Node::Capture(_, node) | Node::Repeat { node, .. } | Node::Look { node, .. } => {
                    node.any(is)
                }
                Node::Sequence(nodes) | Node::Choice(nodes) => {
                    nodes.iter().any(|node| node.any(is))
                }
                Node::Empty | Node::Set(_) | Node::Assert(_) => false,
            }
    }

    /// How many nodes it has.
    pub fn size(&self) -> usize {
        1 + match self {
            Node::Capture(_, node) | Node::Repeat { node, .. } | Node::Look { node, .. } => {
                node.size()
            }
            Node::Sequence(nodes) | Node::Choice(nodes) => nodes.iter().map(Node::size).sum(),
            Node::Empty | Node::Set(_) | Node::Assert(_) => 0,
        }
    }

    /// Whether it captures anything.
    pub fn captures(&self) -> bool {
        self.any(&|node| matches!(node, Node::Capture(..)))
    }

    /// The same pattern without its captures.
    pub fn without_captures(self) -> Node {
        let each = |nodes: Vec<Node>| nodes.into_iter().map(Node::without_captures).collect();
        match self {
            Node::Capture(_, node) => node.without_captures(),
            Node::Sequence(nodes) => Node::Sequence(each(nodes)),
            Node::Choice(nodes) => Node::Choice(each(nodes)),
            Node::Repeat {
                node,
                least,
                most,
                preference,
            } => Node::Repeat {
                node: Box::new(node.without_captures()),
                least,
                most,
                preference,
            },
            other => other,
        }
    }
}
