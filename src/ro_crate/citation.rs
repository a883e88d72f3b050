//! How to cite a crate: authors, title, and the works it builds on.

pub mod cff;
pub mod of_crate;
pub mod software;

/// The citation of a dataset; empty fields are unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citation {
    /// The title.
    pub title: String,
    /// The description.
    pub description: String,
    /// The authors, in order.
    pub authors: Vec<Author>,
    /// The licence: an SPDX identifier or an address.
    pub licence: String,
    /// The keywords.
    pub keywords: Vec<String>,
    /// The release date, `YYYY-MM-DD`.
    pub date_released: String,
    /// The version.
    pub version: String,
    /// The software and the standard it builds on.
    pub references: Vec<CitedWork>,
    /// The addresses of the publications of the source tracks, whose authors crates do not name.
    pub publications: Vec<String>,
}

/// An author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person.
    Person {
        /// The given names.
        given: String,
        /// The particle before the family name, such as `van der`.
        particle: String,
        /// The family name.
        family: String,
        /// The URL of the ORCID iD.
        orcid: String,
        /// The name of the person's organisation.
        affiliation: String,
    },
    /// An organisation.
    Organisation {
        /// The name.
        name: String,
        /// Its URL, such as its ROR id.
        address: String,
    },
}

impl Author {
    /// Parses a name: `Given Family` or `Family, Given`. The last word is the family name; lower-case words before it are
    /// its particle.
    pub fn person(name: &str, orcid: &str, affiliation: &str) -> Self {
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (mut given, mut family) = match name.split_once(',') {
            Some((family, given)) => (words(given), words(family)),
            None => {
                let mut given = words(name);
                let family = given.pop().into_iter().collect();
                (given, family)
            }
        };
        let is_small = |word: &String| word.chars().next().is_some_and(char::is_lowercase);
        let mut particle = Vec::new();
        while given.len() > 1 && given.last().is_some_and(is_small) {
            particle.extend(given.pop());
        }
        particle.reverse();
        while family.len() > 1 && family.first().is_some_and(is_small) {
            particle.push(family.remove(0));
        }
        Author::Person {
            given: given.join(" "),
            particle: particle.join(" "),
            family: family.join(" "),
            orcid: orcid.to_owned(),
            affiliation: affiliation.to_owned(),
        }
    }

    /// The name as in a bibliography.
    pub fn listed(&self) -> String {
        match self {
            Author::Organisation { name, .. } => name.clone(),
            Author::Person {
                given,
                particle,
                family,
                ..
            } => {
                let initials: Vec<String> = given
                    .split_whitespace()
                    .filter_map(|word| Some(format!("{}.", word.chars().next()?)))
                    .collect();
                let family = [particle.as_str(), family].join(" ");
                [family.trim(), &initials.join(" ")]
                    .join(" ")
                    .trim()
                    .to_owned()
            }
        }
    }
}

/// A cited work; empty fields do not apply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CitedWork {
    /// Whether it is software rather than an article.
    pub is_software: bool,
    /// The title.
    pub title: String,
    /// The authors, in order; never none.
    pub authors: Vec<Author>,
    /// The version of software.
    pub version: String,
    /// The journal of an article.
    pub journal: String,
    /// The year of an article.
    pub year: u16,
    /// The volume of the journal.
    pub volume: u16,
    /// The first page, or the number of the article.
    pub start: String,
    /// The last page.
    pub end: String,
    /// The DOI, without the address of a resolver.
    pub doi: String,
}

impl Citation {
    /// One line as in a bibliography: authors, year, title, version.
    pub fn line(&self) -> String {
        let authors: Vec<String> = self.authors.iter().map(Author::listed).collect();
        let year = self.date_released.get(..4).unwrap_or_default();
        let year = if year.is_empty() {
            String::new()
        } else {
            format!("({year})")
        };
        let start = [authors.join(", "), year].join(" ");
        let version = if self.version.is_empty() {
            String::new()
        } else {
            format!(" Version {}.", self.version)
        };
        format!(
            "{} {}. Data set.{version}",
            start.trim(),
            self.title.trim_end_matches('.')
        )
        .trim()
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_as_people_write_them() {
        for (name, given, particle, family) in [
            ("Josiah Carberry", "Josiah", "", "Carberry"),
            ("Johannes van der Waals", "Johannes", "van der", "Waals"),
            ("Carberry, Josiah S.", "Josiah S.", "", "Carberry"),
            ("de la Cruz, Ana", "Ana", "de la", "Cruz"),
            ("Plato", "", "", "Plato"),
        ] {
            let Author::Person {
                given: g,
                particle: p,
                family: f,
                ..
            } = Author::person(name, "", "")
            else {
                panic!("{name}");
            };
            assert_eq!(
                (g.as_str(), p.as_str(), f.as_str()),
                (given, particle, family)
            );
        }
        assert_eq!(
            Author::person("Johannes D. van der Waals", "", "").listed(),
            "van der Waals J. D."
        );
    }

    #[test]
    fn a_line_says_who_when_and_what() {
        let citation = Citation {
            title: "Merged peaks".to_owned(),
            authors: vec![Author::person("Josiah Carberry", "", "")],
            date_released: "2026-11-25".to_owned(),
            ..Citation::default()
        };
        assert_eq!(
            citation.line(),
            "Carberry J. (2026) Merged peaks. Data set."
        );
    }
}
