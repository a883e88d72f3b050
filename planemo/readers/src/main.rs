//! Reads crates with `rocraters`; prints one line of JSON for each, with the number of its entities or what went wrong.

use rocraters::ro_crate::read::parse_zip;
use serde_json::json;

/// Keys that the library does not know are no fault.
const READ_ALONE: i8 = 0;

fn main() {
    for path in std::env::args().skip(1) {
        let found = match parse_zip(&path, READ_ALONE) {
            Ok(read) => json!({"path": path, "entities": read.graph.len()}),
            Err(error) => json!({"path": path, "trouble": format!("{error:?}")}),
        };
        println!("{found}");
    }
}
