//! The values of properties: literals, references, one of them or a list.
//!
//! All of them read any JSON: what does not fit the property is left out of the view and stays in the entity.

use serde::Serialize;
use serde_json::Number;

/// A text, number or truth value. `T` is the form of texts: `&str` when read, `String` when written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Literal<T = String> {
    /// A text.
    Text(T),
    /// A number, as it is written in the crate.
    Number(Number),
    /// `true` or `false`.
    Boolean(bool),
}

/// A reference to an entity: `{"@id": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference<T = String> {
    /// The id of the entity.
    #[serde(rename = "@id")]
    pub id: T,
}

/// A value of a property that takes both: `encodingFormat`, `license`, `isBasedOn`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum LiteralOrReference<T = String> {
    /// A literal.
    Literal(Literal<T>),
    /// A reference.
    Reference(Reference<T>),
}

/// The value of a property: nothing, one item, or a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(untagged)]
pub enum OneOrMany<I> {
    /// The entity has no such property.
    #[default]
    None,
    /// One item, not in a list.
    One(I),
    /// A list; empty when the entity has the property, but nothing that fits it.
    Many(Vec<I>),
}

/// The value of a property of literals.
pub type Literals<T = String> = OneOrMany<Literal<T>>;
/// The value of a property of references.
pub type References<T = String> = OneOrMany<Reference<T>>;
/// The value of a property of both.
pub type Values<T = String> = OneOrMany<LiteralOrReference<T>>;

impl<I> OneOrMany<I> {
    /// Whether the entity has no such property.
    pub fn is_none(&self) -> bool {
        matches!(self, OneOrMany::None)
    }

    /// The items one by one.
    pub fn items(&self) -> &[I] {
        match self {
            OneOrMany::None => &[],
            OneOrMany::One(item) => std::slice::from_ref(item),
            OneOrMany::Many(items) => items,
        }
    }

    /// Takes another item, after those that are there.
    pub fn push(&mut self, item: I) {
        *self = match std::mem::take(self) {
            OneOrMany::None => OneOrMany::One(item),
            OneOrMany::One(first) => OneOrMany::Many(vec![first, item]),
            OneOrMany::Many(mut items) => {
                items.push(item);
                OneOrMany::Many(items)
            }
        }
    }
}

impl<'e> Literal<&'e str> {
    /// The literal as text without surrounding whitespace; `None` if that leaves nothing.
    fn shown(&self) -> Option<String> {
        let text = match self {
            Literal::Text(text) => text.trim().to_owned(),
            Literal::Number(number) => number.to_string(),
            Literal::Boolean(boolean) => boolean.to_string(),
        };
        (!text.is_empty()).then_some(text)
    }

    fn text(&self) -> Option<&'e str> {
        match self {
            Literal::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'e> Literals<&'e str> {
    /// The text, where the value is one text and no list.
    pub fn text(&self) -> Option<&'e str> {
        match self {
            OneOrMany::One(Literal::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The texts.
    pub fn texts(&self) -> impl Iterator<Item = &'e str> {
        self.items().iter().filter_map(Literal::text)
    }

    /// The literals as texts without surrounding whitespace, none of them empty.
    pub fn shown(&self) -> impl Iterator<Item = String> {
        self.items().iter().filter_map(Literal::shown)
    }

    /// The first of [`Literals::shown`]; empty where there is none.
    pub fn first(&self) -> String {
        self.shown().next().unwrap_or_default()
    }
}

impl<'e> References<&'e str> {
    /// The ids of the entities.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = &'e str> + use<'_, 'e> {
        self.items().iter().map(|reference| reference.id)
    }
}

impl<'e> Values<&'e str> {
    fn literals(&self) -> impl Iterator<Item = &Literal<&'e str>> {
        self.items().iter().filter_map(|item| match item {
            LiteralOrReference::Literal(literal) => Some(literal),
            LiteralOrReference::Reference(_) => None,
        })
    }

    /// The text, where the value is one text and no list.
    pub fn text(&self) -> Option<&'e str> {
        match self {
            OneOrMany::One(LiteralOrReference::Literal(literal)) => literal.text(),
            _ => None,
        }
    }

    /// The texts among the values.
    pub fn texts(&self) -> impl Iterator<Item = &'e str> + use<'_, 'e> {
        self.literals().filter_map(Literal::text)
    }

    /// The first literal as text without surrounding whitespace; empty where there is none.
    pub fn first(&self) -> String {
        self.literals().find_map(Literal::shown).unwrap_or_default()
    }

    /// The ids of the entities among the values.
    pub fn ids(&self) -> impl Iterator<Item = &'e str> + use<'_, 'e> {
        self.items().iter().filter_map(|item| match item {
            LiteralOrReference::Literal(_) => None,
            LiteralOrReference::Reference(reference) => Some(reference.id),
        })
    }

    /// The texts and ids in their order.
    pub fn in_order(&self) -> impl Iterator<Item = &'e str> + use<'_, 'e> {
        self.items().iter().filter_map(|item| match item {
            LiteralOrReference::Literal(literal) => literal.text(),
            LiteralOrReference::Reference(reference) => Some(reference.id),
        })
    }

    /// The ids, then the texts.
    pub fn ids_and_texts(&self) -> impl Iterator<Item = &'e str> + use<'_, 'e> {
        self.ids().chain(self.texts())
    }
}

/// An item that is written as a text: a literal, or a reference to an id.
pub trait TextItem: Sized {
    /// The item; an empty text is none.
    fn of_text(text: String) -> Option<Self>;
}

impl TextItem for Literal {
    fn of_text(text: String) -> Option<Self> {
        (!text.is_empty()).then_some(Literal::Text(text))
    }
}

impl TextItem for Reference {
    fn of_text(id: String) -> Option<Self> {
        Some(Reference { id })
    }
}

impl TextItem for LiteralOrReference {
    fn of_text(text: String) -> Option<Self> {
        Literal::of_text(text).map(LiteralOrReference::Literal)
    }
}

impl<I: TextItem> From<String> for OneOrMany<I> {
    fn from(text: String) -> Self {
        I::of_text(text).map_or(OneOrMany::None, OneOrMany::One)
    }
}

impl<I: TextItem> From<&str> for OneOrMany<I> {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<I: TextItem> From<&String> for OneOrMany<I> {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl<I: TextItem, T: Into<OneOrMany<I>>> From<Option<T>> for OneOrMany<I> {
    fn from(text: Option<T>) -> Self {
        text.map(T::into).unwrap_or_default()
    }
}

impl<I> FromIterator<I> for OneOrMany<I> {
    /// One item is written by itself, as validators expect it.
    fn from_iter<A: IntoIterator<Item = I>>(items: A) -> Self {
        let mut value = OneOrMany::None;
        items.into_iter().for_each(|item| value.push(item));
        value
    }
}

impl<I: TextItem, T: AsRef<str>> From<&[T]> for OneOrMany<I> {
    fn from(texts: &[T]) -> Self {
        let texts = texts.iter().map(|text| text.as_ref().to_owned());
        texts.filter_map(I::of_text).collect()
    }
}

impl<I: TextItem, T: AsRef<str>> From<&Vec<T>> for OneOrMany<I> {
    fn from(texts: &Vec<T>) -> Self {
        texts.as_slice().into()
    }
}

impl<I: TextItem> From<Vec<String>> for OneOrMany<I> {
    fn from(texts: Vec<String>) -> Self {
        texts.into_iter().filter_map(I::of_text).collect()
    }
}

impl From<Reference> for LiteralOrReference {
    fn from(reference: Reference) -> Self {
        LiteralOrReference::Reference(reference)
    }
}

impl From<References> for Values {
    fn from(references: References) -> Self {
        match references {
            OneOrMany::None => OneOrMany::None,
            OneOrMany::One(reference) => OneOrMany::One(reference.into()),
            OneOrMany::Many(references) => references.into_iter().map(Into::into).collect(),
        }
    }
}
