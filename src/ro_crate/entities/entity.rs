//! One entity of a crate's graph.

use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value as Json, json};

use super::Thing;
use crate::archive::digest::{DigestFunction, Sha256Sum};

/// An object of the flat graph: an id, one or more types, and properties whose values are texts, numbers, references
/// `{"@id": …}`, or lists of those.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Its `@id`.
    pub id: String,
    /// Its `@type`, nearly always one.
    pub types: Vec<String>,
    /// All else, in order.
    pub properties: Map<String, Json>,
}

impl Entity {
    /// An entity without properties.
    pub fn new(id: impl Into<String>, types: &[&str]) -> Self {
        Entity {
            id: id.into(),
            types: types.iter().map(|kind| (*kind).to_owned()).collect(),
            properties: Map::new(),
        }
    }

    /// An entity of which only the name is known.
    pub fn named(id: impl Into<String>, kind: &str, name: &str) -> Self {
        let name = name.into();
        Entity::new(id, &[kind]).set(&Thing {
            name,
            ..Thing::default()
        })
    }

    /// What a model knows of the entity's properties, whatever its types. What is of another form is left out.
    pub fn read<'e, M: Deserialize<'e> + Default>(&'e self) -> M {
        // The values of models read any JSON, so that this cannot fail.
        M::deserialize(&self.properties).unwrap_or_default()
    }

    /// The same with the properties of a model: known ones are replaced where they are, new ones come last.
    #[must_use]
    pub fn set<M: Serialize>(mut self, model: &M) -> Self {
        // Writing a model to memory cannot fail, and gives an object.
        if let Ok(Json::Object(members)) = serde_json::to_value(model) {
            self.properties.extend(members);
        }
        self
    }

    /// The same with those properties of a model that the entity does not have.
    #[must_use]
    pub fn set_missing<M: Serialize>(mut self, model: &M) -> Self {
        if let Ok(Json::Object(members)) = serde_json::to_value(model) {
            for (key, value) in members {
                self.properties.entry(key).or_insert(value);
            }
        }
        self
    }

    /// Puts a name in front of the identifiers, unless it is among them.
    pub fn identify_by(&mut self, name: &str) {
        if !self.texts("identifier").contains(&name) {
            let mut names: Vec<Json> = vec![name.into()];
            names.extend(self.values("identifier").cloned());
            self.properties
                .insert("identifier".to_owned(), names.into());
        }
    }

    /// The same with a property; an empty text is no property.
    #[must_use]
    pub(in crate::ro_crate) fn with(mut self, key: &str, value: impl Into<Json>) -> Self {
        let value = value.into();
        if value.as_str() != Some("") {
            self.properties.insert(key.to_owned(), value);
        }
        self
    }

    /// The same with a reference to another entity.
    #[must_use]
    pub(in crate::ro_crate) fn referring(self, key: &str, id: &str) -> Self {
        self.with(key, json!({"@id": id}))
    }

    /// The same with references to other entities. One is written by itself, as validators want it; none are not
    /// written.
    #[must_use]
    pub(in crate::ro_crate) fn referring_to_all<I: AsRef<str>>(self, key: &str, ids: &[I]) -> Self {
        match ids {
            [] => self,
            [id] => self.referring(key, id.as_ref()),
            ids => {
                let ids: Vec<Json> = ids.iter().map(|id| json!({"@id": id.as_ref()})).collect();
                self.with(key, ids)
            }
        }
    }

    /// Takes a JSON object as an entity, if it has an id and types.
    pub fn from_json(value: Json) -> Option<Self> {
        let Json::Object(mut properties) = value else {
            return None;
        };
        let id = properties.shift_remove("@id")?.as_str()?.to_owned();
        let types = match properties.shift_remove("@type")? {
            Json::Array(types) => types,
            one => vec![one],
        };
        let types = types.iter().map(|kind| kind.as_str().map(str::to_owned));
        let types = types.collect::<Option<_>>()?;
        Some(Entity {
            id,
            types,
            properties,
        })
    }

    /// Whether the entity is of a type.
    pub fn is(&self, kind: &str) -> bool {
        self.types.iter().any(|known| known == kind)
    }

    /// The text of a property, where it is one text.
    pub(in crate::ro_crate) fn text(&self, key: &str) -> Option<&str> {
        self.properties.get(key)?.as_str()
    }

    /// The digest of its bytes by a function, in small hexadecimal digits, where it states one.
    pub fn digest(&self, function: DigestFunction) -> Option<String> {
        let stated = self.texts(function.property()).into_iter();
        stated.filter_map(|text| function.parse(text)).next()
    }

    /// The digests of its bytes that it states, in the order of its properties, in lower case.
    pub fn digests(&self) -> impl Iterator<Item = (DigestFunction, String)> {
        self.properties.keys().flat_map(move |name| {
            // The SHA-256 that a file states as the term wants it is its content.
            let is_content =
                name == "sha256" && self.text(name).and_then(Sha256Sum::parse).is_some();
            let function = DigestFunction::named(name).filter(|_| !is_content);
            function.into_iter().flat_map(move |function| {
                let texts = self.texts(name).into_iter();
                texts.filter_map(move |text| Some((function, function.parse(text)?)))
            })
        })
    }

    /// The SHA-256 of its bytes, where it states one.
    pub fn sha256(&self) -> Option<Sha256Sum> {
        Sha256Sum::parse(&self.digest(DigestFunction::Sha256)?)
    }

    /// The texts of a property that holds one or a list.
    pub(in crate::ro_crate) fn texts(&self, key: &str) -> Vec<&str> {
        self.values(key).filter_map(Json::as_str).collect()
    }

    /// The ids that a property refers to.
    pub(in crate::ro_crate) fn references(&self, key: &str) -> Vec<&str> {
        self.values(key).filter_map(reference).collect()
    }

    /// The values of a property, one by one.
    pub(in crate::ro_crate) fn values(&self, key: &str) -> impl Iterator<Item = &Json> {
        items(self.properties.get(key))
    }

    /// All references of the entity with the properties that hold them.
    pub(in crate::ro_crate) fn all_references(&self) -> impl Iterator<Item = (&str, &str)> {
        self.properties.keys().flat_map(|key| {
            self.references(key)
                .into_iter()
                .map(move |id| (key.as_str(), id))
        })
    }
}

/// The items of a value that is a list or one item.
pub fn items(value: Option<&Json>) -> std::slice::Iter<'_, Json> {
    match value {
        Some(Json::Array(list)) => list.iter(),
        one => one.map_or(&[] as &[Json], std::slice::from_ref).iter(),
    }
}

/// The id that a value refers to.
fn reference(value: &Json) -> Option<&str> {
    value.get("@id")?.as_str()
}

impl Serialize for Entity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("@id", &self.id)?;
        match self.types.as_slice() {
            [kind] => members.serialize_entry("@type", kind)?,
            kinds => members.serialize_entry("@type", kinds)?,
        }
        for (key, value) in &self.properties {
            members.serialize_entry(key, value)?;
        }
        members.end()
    }
}
