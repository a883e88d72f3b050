//! See [`fairtracks::tools::convert`].

use std::process::ExitCode;

/// Objects of 100,000 records are millions of small texts, for which the system's allocator takes twice as long.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fairtracks::tools::convert::run()
}
