//! The lists of the tracks found: the table, the GSuite file, and the counts.

use crate::fairtracks::hit::Hit;
use crate::gsuite::{Suite, SuiteWriter};

use super::arguments::SearchArguments;
use super::columns::HitColumns;
use super::counts::HitCounts;
use super::table::{Table, TableWriter};

/// The lists of hits that are added document by document.
pub(super) struct HitLists {
    /// None where no table is wanted.
    table: Option<TableWriter>,
    /// None where no GSuite file is wanted.
    gsuite: Option<SuiteWriter>,
    counts: HitCounts,
}

/// The lists of all hits; those that are not wanted are empty.
pub(super) struct WrittenLists {
    pub(super) table: Table,
    pub(super) gsuite: Suite,
    pub(super) counts: HitCounts,
}

impl HitLists {
    /// The lists that the arguments ask for.
    pub(super) fn wanted(arguments: &SearchArguments, columns: &HitColumns) -> Self {
        let is_table_wanted = arguments.output_table.is_some() || !arguments.is_any_output_wanted();
        HitLists {
            table: is_table_wanted.then(|| TableWriter::new(columns, arguments.is_list())),
            gsuite: arguments
                .output_gsuite
                .as_ref()
                .map(|_| SuiteWriter::default()),
            counts: HitCounts::default(),
        }
    }

    /// Adds the hits of a document.
    pub(super) fn add(&mut self, hits: &[Hit<'_>], document: &str) {
        if let Some(table) = &mut self.table {
            table.add(hits, document);
        }
        if let Some(gsuite) = &mut self.gsuite {
            gsuite.add(hits);
        }
        self.counts.add(hits);
    }

    /// The lists of all hits.
    pub(super) fn finish(self) -> WrittenLists {
        let ten = || TableWriter::new(&HitColumns::Ten, false);
        WrittenLists {
            table: self.table.unwrap_or_else(ten).finish(),
            gsuite: self.gsuite.unwrap_or_default().finish(),
            counts: self.counts,
        }
    }
}
