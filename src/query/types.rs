//! The types of the language and their conversions in PostgreSQL.

/// A type whose values are not lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scalar {
    Boolean,
    Text,
    Jsonb,
    /// Whole numbers of 16 bits.
    SmallInteger,
    /// Whole numbers of 32 bits.
    Integer,
    /// Whole numbers of 64 bits.
    BigInteger,
    /// Decimal numbers of any size.
    Numeric,
    /// Binary floating point of 64 bits.
    Double,
}

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    /// A string literal or NULL without a type yet.
    Unknown,
    /// A single value.
    One(Scalar),
    /// A list of values.
    List(Scalar),
}

impl Scalar {
    /// The type of this SQL name, lower case.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "boolean" | "bool" => Scalar::Boolean,
            "text" | "varchar" | "character varying" => Scalar::Text,
            "jsonb" => Scalar::Jsonb,
            "smallint" | "int2" => Scalar::SmallInteger,
            "integer" | "int" | "int4" => Scalar::Integer,
            "bigint" | "int8" => Scalar::BigInteger,
            "numeric" | "decimal" => Scalar::Numeric,
            "double precision" | "float8" => Scalar::Double,
            _ => return None,
        })
    }

    /// The name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Scalar::Boolean => "boolean",
            Scalar::Text => "text",
            Scalar::Jsonb => "jsonb",
            Scalar::SmallInteger => "smallint",
            Scalar::Integer => "integer",
            Scalar::BigInteger => "bigint",
            Scalar::Numeric => "numeric",
            Scalar::Double => "double precision",
        }
    }

    /// The width of a number type: the wider of two is their common type; `None` for other types.
    fn width(self) -> Option<u8> {
        match self {
            Scalar::SmallInteger => Some(0),
            Scalar::Integer => Some(1),
            Scalar::BigInteger => Some(2),
            Scalar::Numeric => Some(3),
            Scalar::Double => Some(4),
            Scalar::Boolean | Scalar::Text | Scalar::Jsonb => None,
        }
    }

    /// Whether it is a type of numbers.
    pub fn is_number(self) -> bool {
        self.width().is_some()
    }

    /// The common type in comparisons and lists.
    pub fn common(self, other: Scalar) -> Option<Scalar> {
        match (self.width(), other.width()) {
            (Some(width), Some(other_width)) => {
                Some(if width < other_width { other } else { self })
            }
            _ => (self == other).then_some(self),
        }
    }

    /// Whether a value of this type can be cast to `target`.
    pub fn casts_to(self, target: Scalar) -> bool {
        use Scalar::{Boolean, Integer, Jsonb, Text};
        match (self, target) {
            (from, to) if from == to => true,
            (Text, _) | (_, Text) | (Jsonb, Boolean) | (Integer, Boolean) | (Boolean, Integer) => {
                true
            }
            (Jsonb, to) => to.is_number(),
            (from, to) => from.is_number() && to.is_number(),
        }
    }
}

impl Type {
    /// The name of the type in messages.
    pub fn name(self) -> String {
        match self {
            Type::Unknown => "a literal".to_owned(),
            Type::One(Scalar::Boolean) => "a condition".to_owned(),
            Type::One(Scalar::Text) => "text".to_owned(),
            Type::One(Scalar::Jsonb) => "an attribute (jsonb)".to_owned(),
            Type::One(_) => "a number".to_owned(),
            Type::List(scalar) => format!("a list of {}", scalar.name()),
        }
    }
}
