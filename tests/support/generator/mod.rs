//! Made-up documents and queries about them, the same ones for the same seed.
//!
//! Documents lean to what is rare in real ones: missing keys, nulls, lists in lists, numbers in odd spellings, keys full
//! of signs. Queries use the whole language, sometimes wrongly, and take most of their literals from the document, so that many
//! conditions hold for some tracks and not for others.

pub mod conditions;
pub mod documents;
pub mod faults;
pub mod functions;
pub mod literals;
pub mod patterns;
pub mod random;
pub mod values;
pub mod vocabulary;

use random::Random;
use vocabulary::Vocabulary;

/// A query as a row of tokens and the gaps between them; put together they are its text.
pub type Pieces = Vec<String>;

/// The text of a query.
pub fn text(pieces: &[String]) -> String {
    pieces.concat()
}

/// A query over documents with this vocabulary, now and then with a fault in its wording.
pub fn query(random: &mut Random, vocabulary: &Vocabulary) -> Pieces {
    let room = 1 + random.below(8);
    let mut writer = Writer::new(random, vocabulary, room);
    writer.condition();
    let mut pieces = writer.pieces;
    if random.chance(6) {
        faults::add(random, &mut pieces);
    }
    if random.chance(1) {
        pieces.push("-- and nothing more".to_owned());
    }
    pieces
}

/// Writes a query token by token.
pub struct Writer<'g> {
    /// Where choices come from.
    random: &'g mut Random,
    /// What the document holds.
    vocabulary: &'g Vocabulary,
    /// What is written so far.
    pieces: Pieces,
    /// How many more nested expressions may be begun.
    room: usize,
    /// Whether this query varies blanks, comments and the case of its words.
    fancy: bool,
}

/// A way to write something, chosen with the given weight.
type Form = (usize, fn(&mut Writer<'_>));

impl<'g> Writer<'g> {
    fn new(random: &'g mut Random, vocabulary: &'g Vocabulary, room: usize) -> Self {
        let fancy = random.chance(20);
        Writer {
            random,
            vocabulary,
            pieces: Pieces::new(),
            room,
            fancy,
        }
    }

    /// Takes room for one nested expression; `false` if none is left.
    fn enter(&mut self) -> bool {
        let free = self.room > 0;
        self.room = self.room.saturating_sub(1);
        free
    }

    /// Adds a token and the gap behind it.
    fn token(&mut self, token: impl Into<String>) {
        self.pieces.push(token.into());
        let gap = if self.fancy {
            self.random.pick(&[
                " ",
                " ",
                " ",
                "",
                "  ",
                "\n",
                "\t",
                " /* or /* not */ */ ",
                " -- and\n",
            ])
        } else {
            " "
        };
        self.pieces.push(gap.to_owned());
    }

    /// Adds each blank-separated word of `phrase`.
    fn words(&mut self, phrase: &str) {
        for word in phrase.split(' ') {
            let word = match self.random.below(10) {
                0 if self.fancy => word.to_lowercase(),
                1 if self.fancy => word
                    .char_indices()
                    .map(|(at, c)| {
                        if at % 2 == 0 {
                            c
                        } else {
                            c.to_ascii_lowercase()
                        }
                    })
                    .collect(),
                _ => word.to_owned(),
            };
            self.token(word);
        }
    }

    /// Writes `content` in brackets, or without them in `bare_percent` of the cases.
    fn bracketed(&mut self, bare_percent: usize, content: impl FnOnce(&mut Self)) {
        if self.random.chance(bare_percent) {
            return content(self);
        }
        self.token("(");
        content(self);
        self.token(")");
    }

    /// Writes between one and `most` items with commas between them.
    fn listed(&mut self, most: usize, mut item: impl FnMut(&mut Self)) {
        for position in 0..=self.random.below(most) {
            if position > 0 {
                self.token(",");
            }
            item(self);
        }
    }
}
